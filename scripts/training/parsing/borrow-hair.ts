/** Long hair of other sitters, real strands over shoulders and clothes. */
import { classNumber } from '../../labels/classes.ts';
import { between, happens, type Random } from './chance.ts';
import { blurred } from './planes.ts';
import { AREA, type Scene } from './scene.ts';

const HAIR = classNumber('hair');
/** Of the face: what another's hair does not cover. */
const FACE = new Set((['eyes', 'lips', 'mouthInterior', 'facialHair', 'glasses'] as const).map(classNumber));
/** px: softness of the hair's border. */
const SOFTNESS = 0.7;

/**
 * Lays the hair of one scene over another of the same view.
 * @param donor placed by the same draws, so that the faces lie upon each other
 */
export function borrowHair(scene: Scene, donor: Scene, random: Random): void {
  const mask = Float32Array.from(donor.labels, (label) => (label === HAIR ? 1 : 0));
  const soft = blurred(mask, SOFTNESS);
  const tone = happens(random, 0.5) ? between(random, 0.5, 1.3) : 1;
  const { rgb, labels, trust, positions } = scene;
  for (let i = 0; i < AREA; i++) {
    if (soft[i] < 0.02 || FACE.has(labels[i])) continue;
    // Around the eyes the hairline of another face would be wrong.
    if (positions.radius.data[i] < 0.85 && positions.y.data[i] > positions.brows - 0.05) continue;
    for (let c = 0; c < 3; c++) {
      const at = c * AREA + i;
      rgb[at] += soft[i] * (Math.min(1, tone * donor.rgb[at]) - rgb[at]);
    }
    if (mask[i] === 0) continue;
    labels[i] = HAIR;
    trust[i] = donor.trust[i];
  }
}

/** Share of the sitter's pixels that are hair below the chin: above this the hair is long. */
const LONG = 0.012;

/** @param chin row of the picture */
export function hasLongHair(labels: Uint8Array, width: number, chin: number): boolean {
  let count = 0;
  for (let i = Math.max(0, Math.round(chin)) * width; i < labels.length; i++) if (labels[i] === HAIR) count++;
  return count > LONG * labels.length;
}
