/**
 * Function-preserving growth (in the spirit of Chen, Goodfellow & Shlens 2016, "Net2Net"): a larger generator that
 * computes what the smaller one does. Old channels ignore new ones at first, new ones see everything; new blocks add zero.
 */
import { type Shape, sizeOf } from '../../models/graph/graph.ts';
import { initialParameters, type Layout, layoutOf } from '../../models/graph/parameters.ts';
import { type GeneratorSize, generator } from '../../models/upscale/generator.ts';
import { normalNumbers } from './random.ts';

type Values = ReadonlyMap<string, { shape: Shape; data: Float32Array }>;

export const generatorLayout = (size: GeneratorSize): Layout => layoutOf(generator(size), [1, 3, 24, 24]);

/** Parameters of `to` that compute what `theta` does in `from`: no channel or block fewer, ends no smaller. */
export function grow(
  theta: Float32Array,
  from: GeneratorSize,
  to: GeneratorSize,
  seed: number,
): Float32Array {
  const [oldLayout, layout] = [generatorLayout(from), generatorLayout(to)];
  if (theta.length !== oldLayout.size)
    throw new RangeError(`Expected ${oldLayout.size} parameters but received ${theta.length}.`);
  const grown = initialParameters(layout, normalNumbers(seed));
  const [old, fresh] = [views(theta, oldLayout), views(grown, layout)];
  for (const [name, target] of fresh) {
    const source = old.get(name);
    if (source && (name.split('.')[0] !== 'tail' || from.form === to.form)) embed(source, target);
    else if (/^block\d+\.b\./.test(name)) target.data.fill(0);
  }
  if (from.form === 'direct' && to.form === 'paper') splitShuffle(old, fresh);
  return grown;
}

function views(theta: Float32Array, { slots }: Layout): Values {
  return new Map(
    slots.map(({ name, shape, offset }) => [
      name,
      { shape, data: theta.subarray(offset, offset + sizeOf(shape)) },
    ]),
  );
}

/** Copies into the first rows; there, inputs and kernel taps that the source lacks become zero. */
function embed(
  source: { shape: Shape; data: Float32Array },
  target: { shape: Shape; data: Float32Array },
): void {
  if (source.shape.length < 4) {
    target.data.set(source.data);
    return;
  }
  const [rows, inputs, s] = source.shape;
  const [, wide, t] = target.shape;
  target.data.fill(0, 0, rows * wide * t * t);
  const border = (t - s) / 2;
  for (let i = 0; i < source.data.length; i++) {
    const [x, y] = [i % s, Math.floor(i / s) % s];
    const [input, row] = [Math.floor(i / (s * s)) % inputs, Math.floor(i / (s * s * inputs))];
    target.data[((row * wide + input) * t + y + border) * t + x + border] = source.data[i];
  }
}

/**
 * One shuffle ×4 as two shuffles ×2: the first stage carries the 12 values of each half-way pixel, (row, column,
 * colour), through linear channels; the second and the 9×9 end pass them on.
 */
function splitShuffle(old: Values, fresh: Values): void {
  const [weight, bias] = [old.get('tail.weight')!, old.get('tail.bias')!];
  const [up1, up2, tail] = ['up1', 'up2', 'tail'].map((name) => fresh.get(`${name}.weight`)!);
  const channels = tail.shape[1];
  const row = ({ data, shape }: { shape: Shape; data: Float32Array }, i: number) => {
    const length = sizeOf(shape.slice(1));
    return data.subarray(i * length, (i + 1) * length);
  };
  tail.data.fill(0);
  for (let k = 0; k < 3; k++) row(tail, k)[k * 81 + 40] = 1;
  fresh.get('tail.bias')!.data.fill(0);
  fresh.get('up1.slope')!.data.fill(1, 0, 12);
  fresh.get('up2.slope')!.data.fill(1, 0, 3);
  for (let value = 0; value < 48; value++) {
    const colour = value % 3;
    const [x, y] = [Math.floor(value / 3) % 4, Math.floor(value / 12)];
    const half = (2 * (y % 2) + (x % 2)) * 3 + colour;
    const first = (2 * (y >> 1) + (x >> 1)) * channels + half;
    const second = (2 * (y % 2) + (x % 2)) * channels + colour;
    row(up1, first).fill(0).set(row(weight, value));
    fresh.get('up1.bias')!.data[first] = bias.data[value];
    row(up2, second).fill(0)[half * 9 + 4] = 1;
  }
}
