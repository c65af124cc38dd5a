/** What both TensorFlow.js and ONNX Runtime are shown when a conversion is checked: a face, as each network wants it. */
import { join } from 'node:path';
import sharp from 'sharp';
import { root } from './networks.ts';

/** Where in test/fixtures/astronaut.png, and onto which range 8-bit values go: value · scale + offset. */
const VIEWS: Readonly<
  Record<string, { left: number; top: number; size: number; scale: number; offset: number }>
> = {
  blazeface: { left: 0, top: 0, size: 512, scale: 1 / 127.5, offset: -1 },
  facemesh: { left: 130, top: 25, size: 190, scale: 1 / 255, offset: 0 },
  lips: { left: 130, top: 25, size: 190, scale: 1 / 255, offset: 0 },
  iris: { left: 225, top: 95, size: 48, scale: 1 / 255, offset: 0 },
  faceres: { left: 130, top: 25, size: 190, scale: 1, offset: 0 },
  selfie: { left: 0, top: 0, size: 512, scale: 1 / 255, offset: 0 },
};

/** Channels first, [3, side, side]; nearest samples, so that no resampling is part of the comparison. */
export async function parityInput(name: string, side: number): Promise<Float32Array> {
  const { left, top, size, scale, offset } = VIEWS[name];
  const file = join(root, 'test', 'fixtures', 'astronaut.png');
  const { data, info } = await sharp(file).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const input = new Float32Array(3 * side * side);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const column = left + Math.floor(((x + 0.5) * size) / side);
      const row = top + Math.floor(((y + 0.5) * size) / side);
      for (let c = 0; c < 3; c++) {
        input[(c * side + y) * side + x] = data[3 * (row * info.width + column) + c] * scale + offset;
      }
    }
  }
  return input;
}
