/**
 * The mean of the face meshes in photographs: node scripts/mean-face.ts DIR… (as for training) >
 * models/weights/mean-face.json. x, y, z of each landmark; the middle of the outer eye corners is 0, their distance 1.
 */
import { LEFT_EYE_OUTER, loadFaceNetworks, RIGHT_EYE_OUTER } from '../models/face/index.ts';
import { pictureSet, readPicture } from './training/pictures.ts';

/** Of each folder, evenly spaced. */
const MOST = 40;

const networks = await loadFaceNetworks();
const faces: Float32Array[] = [];
for (const folder of process.argv.slice(2)) {
  const { train } = pictureSet(folder);
  for (let i = 0; i < train.length; i += Math.max(1, train.length / MOST)) {
    const [face] = await networks.findFaces(await readPicture(train[Math.floor(i)]));
    if (face) faces.push(normalised(face.landmarks));
  }
}
const mean = Array.from(faces[0], (_, i) => faces.reduce((sum, face) => sum + face[i], 0) / faces.length);
console.log(JSON.stringify(mean.map((value) => Number(value.toFixed(4)))));
await networks.release();

function normalised(points: Float32Array): Float32Array {
  const [left, right] = [3 * LEFT_EYE_OUTER, 3 * RIGHT_EYE_OUTER];
  const [dx, dy] = [points[right] - points[left], points[right + 1] - points[left + 1]];
  const [x0, y0] = [(points[left] + points[right]) / 2, (points[left + 1] + points[right + 1]) / 2];
  const square = dx * dx + dy * dy;
  return points.map((value, i) => {
    if (i % 3 === 2) return value / Math.sqrt(square);
    const at = i - (i % 3);
    const [x, y] = [points[at] - x0, points[at + 1] - y0];
    return (i % 3 === 0 ? x * dx + y * dy : y * dx - x * dy) / square;
  });
}
