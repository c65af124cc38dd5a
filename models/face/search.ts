/**
 * Finds all faces of a picture: the detector proposes, the mesh decides.
 *
 * The detector sees one range of sizes and more or less upright faces only, so a picture is looked at several times,
 * from the likeliest look to the least likely, until a face is found. Only small faces make it look on: others in
 * the picture may be smaller still.
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

/** The detector finds faces down to about a sixteenth of its square: 64 px in this many. */
const SMALLEST_TILE = 1024;
/** Pixels: smaller ones cannot be told from texture. */
const SMALLEST_FACE = 20;
/** The best detections of one look that are followed. */
const MOST_DETECTIONS = 20;
/** Tiles overlap by this share of their side, so a face of that size is whole in one of them. */
const TILE_OVERLAP = 0.3;
/** With a face larger than this share of the picture's longer side, nobody looks for smaller ones. */
const LARGE_FACE = 0.12;
/** A well-placed crop of a real face has a presence above, and a detection of an upright one a score above. */
const SURE_PRESENCE = 0.9995;
const SURE_SCORE = 0.75;
/** A face that is turned far still has such a score. */
const TURNED_SCORE = 0.35;
/** A crop with less presence is not worth a second pass. */
const HOPELESS_PRESENCE = 0.05;
/** Radians by which a crop may be turned against the face in it. */
const SETTLED_ANGLE = 0.2;

export async function searchFaces(
  sampler: Sampler,
  detector: Detector,
  mesh: FaceMesh,
): Promise<MeshResult[]> {
  const faces: MeshResult[] = [];
  const largeEnough = LARGE_FACE * Math.max(sampler.width, sampler.height);
  const isLarge = ({ landmarks }: MeshResult) => faceSquare(landmarks).size > largeEnough;
  for (const look of firstLooks(sampler)) {
    await follow(look, sampler, detector, mesh, faces);
    if (faces.some(isLarge)) return faces;
  }
  if (faces.length > 0) return faces;
  for (const look of lastLooks(sampler)) {
    await follow(look, sampler, detector, mesh, faces);
    if (faces.length > 0) return faces;
  }
  return [];
}

/** The whole picture, then closer and closer. */
function* firstLooks({ width, height }: Sampler): Generator<Look> {
  const whole = squareAround(width, height);
  yield { squares: [whole], score: 0.5, presence: 0.5 };
  for (const side of tileSides(whole.size)) {
    yield { squares: tiles(width, height, side), score: 0.5, presence: 0.9 };
  }
}

/** From farther away for faces that fill the picture, then tilted; the detector may doubt, the mesh may not. */
function* lastLooks({ width, height }: Sampler): Generator<Look> {
  const whole = (scale: number, angle = 0) => squareAround(width, height, scale, angle);
  yield { squares: [whole(1.5)], score: 0.5, presence: 0.5 };
  yield { squares: [whole(1), whole(1.25), whole(1.5), whole(2)], score: 0.15, presence: 0.99 };
  yield {
    squares: [1, 2, 3].map((quarter) => whole(1.25, (quarter * Math.PI) / 2)),
    score: 0.3,
    presence: 0.99,
  };
  for (const side of tileSides(Math.max(width, height))) {
    yield { squares: tiles(width, height, side), score: 0.3, presence: 0.99 };
  }
}

/** Halves, quarters and so on of a picture's longer side, of which at least the last shows the smallest faces. */
function* tileSides(length: number): Generator<number> {
  for (let side = length / 2; side > SMALLEST_TILE / 2; side /= 2) yield side;
}

/** Squares of one size that cover the picture. */
function tiles(width: number, height: number, side: number): Square[] {
  const starts = (length: number) => {
    const count = 1 + Math.ceil(Math.max(0, length - side) / (side * (1 - TILE_OVERLAP)));
    return Array.from({ length: count }, (_, i) =>
      count === 1 ? (length - side) / 2 : (i * (length - side)) / (count - 1),
    );
  };
  return starts(height).flatMap((y) =>
    starts(width).map((x) => ({ x: x + side / 2, y: y + side / 2, size: side, angle: 0 })),
  );
}

/** Adds the faces that a look finds and that are not known yet. */
async function follow(
  look: Look,
  sampler: Sampler,
  detector: Detector,
  mesh: FaceMesh,
  faces: MeshResult[],
): Promise<void> {
  for (const square of look.squares) {
    const detections = await detector.detect(sampler, square, look.score);
    for (const detection of detections.slice(0, MOST_DETECTIONS)) {
      if (faces.some((face) => isInside(detection.square, face))) continue;
      const face = await place(detection, sampler, mesh);
      if (face.presence < look.presence || faceSquare(face.landmarks).size < SMALLEST_FACE) continue;
      if (!faces.some((known) => isInside(faceSquare(face.landmarks), known))) faces.push(face);
    }
  }
}

/** The detector may take a face that lies on its side, or on its head, for an upright one. */
async function place({ square, score }: Detection, sampler: Sampler, mesh: FaceMesh): Promise<MeshResult> {
  let best = await settle(square, sampler, mesh);
  if (score < TURNED_SCORE || (score > SURE_SCORE && best.presence > SURE_PRESENCE)) return best;
  for (const turn of [Math.PI, Math.PI / 2, -Math.PI / 2]) {
    const turned = await settle({ ...square, angle: square.angle + turn }, sampler, mesh);
    if (turned.presence > Math.max(best.presence, SURE_PRESENCE)) best = turned;
  }
  return best;
}

/** Crops again around the points just found, so the result hardly depends on where the first crop was. */
async function settle(square: Square, sampler: Sampler, mesh: FaceMesh): Promise<MeshResult> {
  let crop = square;
  let result = await mesh.locate(sampler, crop);
  for (let pass = 0; pass < 3 && result.presence > HOPELESS_PRESENCE; pass++) {
    const next = faceSquare(result.landmarks);
    const turned = Math.abs(Math.sin((next.angle - crop.angle) / 2)) > Math.sin(SETTLED_ANGLE / 2);
    if (pass > 0 && !turned) break;
    crop = next;
    result = await mesh.locate(sampler, crop);
  }
  return result;
}

/** Whether two squares are about the same face. */
function isInside(square: Square, { landmarks }: MeshResult): boolean {
  const known = faceSquare(landmarks);
  return Math.hypot(known.x - square.x, known.y - square.y) < Math.max(known.size, square.size) / 2;
}
