import type { Canvas } from './canvas.ts';
import type { ColourStatistics } from './colour-transport.ts';
import { MATERIALS } from './guides.ts';
import { materialColours, type ReferenceView } from './reference-view.ts';
import { measureTones } from './tone.ts';
import { type LightnessHistogram, lightnessHistogram } from './tone-curve.ts';

/** What of a person is measured once where several pictures show it, so that all are painted alike. */
export interface PersonStatistics {
  /** In the order of MATERIALS. */
  readonly tones: readonly LightnessHistogram[];
  readonly colours: readonly ColourStatistics[];
}

export function measurePerson(
  { lab, regions, landmarks, matte }: Canvas,
  { isTexture }: ReferenceView,
): PersonStatistics {
  return {
    // A texture has one distribution for all, so that what is darker in the person stays darker.
    tones: isTexture
      ? MATERIALS.map(() => lightnessHistogram(lab.l, matte))
      : measureTones(lab.l, regions, landmarks),
    colours: materialColours(lab, regions),
  };
}
