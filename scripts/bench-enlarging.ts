/**
 * The part of `npm run bench` about the ×4 networks: how fast they run bare and inside the tiled pipeline, against the
 * machine's matrix product in the same run. Speed does not depend on what was learnt, so the weights are random.
 */
import { Graph, sizeOf } from '../models/graph/graph.ts';
import { matmul } from '../models/graph/matmul.ts';
import { initialParameters, type Layout, layoutOf } from '../models/graph/parameters.ts';
import type { Picture } from '../models/image/picture.ts';
import { createSession, type Session, type Tensors } from '../models/runtime/index.ts';
import { GENERATORS, generator, SCALE } from '../models/upscale/generator.ts';
import { inferenceModel } from '../models/upscale/inference-model.ts';
import { planesFromPicture } from '../models/upscale/planes.ts';
import { openUpscaler, upscale } from '../models/upscale/upscale.ts';
import { normalNumbers } from './training/random.ts';

/** `srgan` is one of the same forms, trained otherwise. */
const NETWORKS = ['srgan-lite', 'srresnet'] as const;
type Name = (typeof NETWORKS)[number];

/** Edge (px) of the matrices whose product stands for the machine's peak. */
const MATRIX = 1024;
const RUNS = 3;

/** @param picture what is enlarged */
export async function benchEnlarging(picture: Picture): Promise<void> {
  const peak = await matrixProductRate();
  const [width, height] = [picture.width * SCALE, picture.height * SCALE];
  console.log(`enlarging ${picture.width}×${picture.height} to ${width}×${height} px, median of ${RUNS}`);
  console.log(`  ${'peer: matrix product'.padEnd(28)}${gigaflops(peak)}  (${MATRIX} cubed, float32)`);
  for (const name of NETWORKS) {
    const { bare, pipeline, flop } = await timeNetwork(name, picture);
    const print = (what: string, value: string) => console.log(`  ${`${name}, ${what}`.padEnd(28)}${value}`);
    const share = `${((100 * flop) / bare / peak).toFixed(0)} % of the matrix product`;
    print('bare', `${gigaflops(flop / bare)}  ${share}`);
    const ratio = `${((100 * bare) / pipeline).toFixed(0)} % of bare`;
    const megapixels = `${((width * height) / 1e6 / pipeline).toFixed(2)} MP/s`.padStart(12);
    print('tiled', `${megapixels}  ${pipeline.toFixed(2)} s  ${ratio}`);
  }
  console.log();
}

interface Timing {
  /** Seconds for the picture, by the network alone in one run; and tiled, with its checks and conversions. */
  readonly bare: number;
  readonly pipeline: number;
  /** Floating-point operations for the picture. */
  readonly flop: number;
}

async function timeNetwork(name: Name, picture: Picture): Promise<Timing> {
  const size = GENERATORS[name];
  const layout = layoutOf(generator(size), [1, 3, 24, 24]);
  const theta = initialParameters(layout, normalNumbers(1)).map((value) => 0.3 * value);
  const upscaler = await openUpscaler(inferenceModel(generator(size), theta, layout), size);
  const { session } = upscaler;
  const { width, height } = picture;
  const feeds = {
    [session.inputNames[0]]: { dims: [1, 3, height, width], data: planesFromPicture(picture) },
  };
  const bare = await medianSeconds(() => session.run(feeds));
  const pipeline = await medianSeconds(() => upscale(picture, upscaler));
  await session.release();
  return { bare, pipeline, flop: 2 * multiplications(layout) * width * height };
}

/** Multiplications of all convolutions for a pixel of the input: those after a shuffle run on more pixels. */
function multiplications({ slots }: Layout): number {
  const isPaper = slots.some(({ name }) => name.startsWith('up2'));
  const pixels = (name: string) => {
    if (name === 'up2.weight') return 4;
    return isPaper && name === 'tail.weight' ? 16 : 1;
  };
  return slots
    .filter(({ name }) => name.endsWith('.weight'))
    .reduce((sum, { name, shape }) => sum + sizeOf(shape) * pixels(name), 0);
}

/** Operations a second of a large matrix product, by the same runtime on the same device. */
async function matrixProductRate(): Promise<number> {
  const graph = new Graph();
  const shape = [MATRIX, MATRIX];
  graph.output('c', matmul(graph.input('a', shape), graph.input('b', shape)), shape);
  const session: Session = await createSession(graph.encode());
  const data = new Float32Array(MATRIX ** 2).map((_, i) => (i % 7) / 7);
  const feeds: Tensors = { a: { dims: shape, data }, b: { dims: shape, data } };
  const seconds = await medianSeconds(() => session.run(feeds));
  await session.release();
  return (2 * MATRIX ** 3) / seconds;
}

async function medianSeconds(work: () => unknown): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run <= RUNS; run++) {
    const started = performance.now();
    await work();
    times.push((performance.now() - started) / 1000);
  }
  return times.slice(1).sort((a, b) => a - b)[RUNS >> 1];
}

const gigaflops = (perSecond: number) => `${(perSecond / 1e9).toFixed(1)} GFLOP/s`.padStart(16);
