/**
 * Finds all faces of a picture: the detector proposes, the mesh decides.
 *
 * The detector sees one size range and upright faces only, so the picture is looked at several times, from the
 * cheapest look to the dearest, until a face is found.
 */
import type { Detection, Detector } from './detector.ts';
import { type FaceMesh, faceSquare, type MeshResult } from './mesh.ts';
import type { Sampler } from './sampler.ts';
import { type Square, squareAround } from './square.ts';

/** One way to look at the picture. */
interface Look {
  readonly squares: readonly Square[];
  /** Least score of the detector. */
  readonly score: number;
  /** Least presence of the mesh. */
  readonly presence: number;
}

export async function searchFaces(
  sampler: Sampler,
  detector: Detector,
  mesh: FaceMesh,
): Promise<MeshResult[]> {
  for (const look of looks(sampler.width, sampler.height)) {
    const faces = await follow(look, sampler, detector, mesh);
    if (faces.length > 0) return faces;
  }
  return [];
}

function* looks(width: number, height: number): Generator<Look> {
  const whole = (scale: number, angle = 0) => squareAround(width, height, scale, angle);
  yield { squares: [whole(1)], score: 0.5, presence: 0.5 };
  yield { squares: [whole(1.5)], score: 0.4, presence: 0.5 };
  yield { squares: [whole(1), whole(1.5), whole(2)], score: 0.15, presence: 0.5 };
  yield { squares: [whole(1.2, Math.PI / 4), whole(1.2, -Math.PI / 4)], score: 0.3, presence: 0.5 };
}

async function follow(
  look: Look,
  sampler: Sampler,
  detector: Detector,
  mesh: FaceMesh,
): Promise<MeshResult[]> {
  const faces: MeshResult[] = [];
  for (const square of look.squares) {
    for (const detection of await detector.detect(sampler, square, look.score)) {
      const face = await fit(detection, sampler, mesh, look.presence);
      if (face && !faces.some((known) => isSameFace(known, face))) faces.push(face);
    }
  }
  return faces;
}

/** The second pass starts from the first one's points, so the result hardly depends on the detector's box. */
async function fit({ square }: Detection, sampler: Sampler, mesh: FaceMesh, presence: number) {
  const first = await mesh.fit(sampler, square);
  if (first.presence < presence / 2) return undefined;
  const second = await mesh.fit(sampler, faceSquare(first.landmarks));
  return second.presence < presence ? undefined : second;
}

function isSameFace(a: MeshResult, b: MeshResult): boolean {
  const [first, second] = [faceSquare(a.landmarks), faceSquare(b.landmarks)];
  return Math.hypot(first.x - second.x, first.y - second.y) < Math.max(first.size, second.size) / 2;
}
