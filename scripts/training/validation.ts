import type ort from 'onnxruntime-node';
import { cropPicture } from '../../models/image/crop.ts';
import type { Picture } from '../../models/image/picture.ts';
import { psnrY } from '../../models/image/psnr.ts';
import { resizePicture } from '../../models/image/resize.ts';
import { SCALE } from '../../models/upscale/generator.ts';
import { pictureFromPlanes, planesFromPicture } from '../../models/upscale/planes.ts';
import { readPicture } from './pictures.ts';
import { openSession, tensor } from './session.ts';

export interface Pair {
  readonly low: Picture;
  readonly high: Picture;
}

/** The middles of some pictures, evenly spread over the list, at most `edge` pixels wide, with their shrunk versions. */
export async function validationPairs(
  files: readonly string[],
  count: number,
  edge: number,
): Promise<Pair[]> {
  const chosen = Array.from(
    { length: Math.min(count, files.length) },
    (_, i) => files[Math.floor((i * files.length) / count)],
  );
  return Promise.all(chosen.map(async (file) => pairOf(await readPicture(file), edge)));
}

function pairOf(picture: Picture, edge: number): Pair {
  const [width, height] = [picture.width, picture.height].map(
    (length) => SCALE * Math.floor(Math.min(edge, length) / SCALE),
  );
  const [x, y] = [(picture.width - width) >> 1, (picture.height - height) >> 1];
  const high = cropPicture(picture, { x, y, width, height });
  return { high, low: resizePicture(high, width / SCALE, height / SCALE) };
}

export async function enlarge(session: ort.InferenceSession, low: Picture): Promise<Picture> {
  const { width, height } = low;
  const { high } = await session.run({ low: tensor(planesFromPicture(low), [1, 3, height, width]) });
  return pictureFromPlanes(high.data as Float32Array, width * SCALE, height * SCALE);
}

/** Mean PSNR-Y in dB of a model over the pairs. */
export async function validate(model: Uint8Array, pairs: readonly Pair[], threads: number): Promise<number> {
  const session = await openSession(model, threads);
  let sum = 0;
  for (const { low, high } of pairs) sum += psnrY(await enlarge(session, low), high);
  await session.release();
  return sum / pairs.length;
}
