/** A reference's face read anew from points that a person has moved: the mesh reads drawn faces as people's. */
import { type Face, faceOf } from '../face/index.ts';
import { solve } from '../proportions/solve.ts';
import { type Corrections, HANDLE_NAMES, HANDLES, type Handle, isCorrected, roundedStep } from './handles.ts';

type Point = readonly [number, number];

/** Where a face has the points of the handles, px. */
export function placesOf({ landmarks }: Face): Readonly<Record<Handle, Point>> {
  const places: Partial<Record<Handle, Point>> = {};
  for (const name of HANDLE_NAMES) {
    const at = 3 * HANDLES[name].landmark;
    places[name] = [landmarks[at], landmarks[at + 1]];
  }
  return places as Record<Handle, Point>;
}

/** What takes the handles of one reading of a face to where another has them. */
export function correctionsTo(mesh: Face, other: Face): Corrections {
  const [from, to] = [placesOf(mesh), placesOf(other)];
  const steps = HANDLE_NAMES.map((name) => {
    const along = (c: 0 | 1) => (to[name][c] - from[name][c]) / mesh.interocular;
    return [name, roundedStep([along(0), along(1)])] as const;
  });
  return Object.fromEntries(steps.filter(([, [x, y]]) => x !== 0 || y !== 0));
}

/**
 * A face whose handles are where they were put, and the mesh around them with them: displacements are sums of normal
 * distributions around the handles (radial basis functions), so that handles which are not moved stay.
 */
export function withCorrections(face: Face, corrections: Corrections): Face {
  if (!isCorrected(corrections)) return face;
  const places = placesOf(face);
  const pull = (x: number, y: number) =>
    HANDLE_NAMES.map((name) => {
      const distance = Math.hypot(x - places[name][0], y - places[name][1]);
      return Math.exp(-((distance / (HANDLES[name].reach * face.interocular)) ** 2) / 2);
    });
  const matrix = HANDLE_NAMES.map((name) => pull(...places[name]));
  const weights = [0, 1].map((c) =>
    solve(
      matrix,
      HANDLE_NAMES.map((name) => (corrections[name]?.[c] ?? 0) * face.interocular),
    ),
  );
  const landmarks = face.landmarks.slice();
  for (let i = 0; i < landmarks.length; i += 3) {
    const pulls = pull(face.landmarks[i], face.landmarks[i + 1]);
    for (const c of [0, 1])
      landmarks[i + c] += pulls.reduce((sum, value, k) => sum + value * weights[c][k], 0);
  }
  return faceOf(landmarks, face.score);
}
