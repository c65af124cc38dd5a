/**
 * Enlarges pictures with a generator, tile by tile. Each tile sees as many pixels around it as the network can reach,
 * so tiles leave no seams, and memory depends on the tile, not on the picture.
 */
import { LimnerError } from '../errors.ts';
import { bleedColours } from '../image/bleed.ts';
import { createPicture, type Picture, type Plane, type Rect } from '../image/picture.ts';
import { resizePlane } from '../image/resize.ts';
import {
  createSession,
  loadWeights,
  resolveDevice,
  type Session,
  type SessionOptions,
} from '../runtime/index.ts';
import { checkOutput } from './check-output.ts';
import { GENERATORS, type GeneratorSize, NOISE_CHANNELS, reachOf, SCALE } from './generator.ts';
import { noisePlanes } from './noise.ts';
import { planesFromPicture } from './planes.ts';
import { tilesOf, withMargin } from './tiles.ts';

/** A network that enlarges, best first: `srgan`, `srresnet`, `srgan-lite`. */
export type UpscalerName = keyof typeof GENERATORS;

/** A generator ready to run. */
export interface Upscaler {
  readonly session: Session;
  /** Pixels of the input around a tile that the network is shown. */
  readonly margin: number;
  /** Channels of noise it wants after the colours; default 0. */
  readonly noise?: number;
  /** Longest edge of a tile that is fast and takes little memory; default 96. */
  readonly tile?: number;
}

export interface UpscaleOptions {
  /** Output size over input size; default 4. For 2 the ×4 result is halved with antialiasing. */
  readonly scale?: 2 | 4;
  /** Longest edge of a tile in pixels of the input, without its margin; by default the upscaler's. */
  readonly tile?: number;
  /** Called after each tile with the share of the picture that is done, 0..1. */
  readonly onProgress?: (done: number) => void;
  /** Looked at between tiles. */
  readonly signal?: AbortSignal;
}

const DEFAULT_TILE = 96;
/**
 * The paper's form holds 64 channels at output size, the direct form 48 at input size: a tile costs 1/20 of the memory.
 * Together with `FAR` these leave 4 % of the pixels to be computed twice in the direct form, and a quarter in the paper's.
 */
const TILES: Record<GeneratorSize['form'], number> = { paper: 176, direct: 512 };
const SMALLEST_TILE = 16;
/**
 * What lies farther (px of the input) changes an 8-bit result by at most one step: measured on the shipped networks, for
 * which 6 is enough.
 */
const FAR = 10;
/** Pixels of the input that halving reaches beyond a tile: the cubic, twice as wide, spans 4 output pixels. */
const HALVING_REACH = 2;

/** Networks of which NAME-int8 computes in 8 bits, which is more than twice as fast on a processor, and there alone. */
const IN_8_BITS: readonly UpscalerName[] = ['srgan-lite'];

/**
 * One of the shipped generators; on a processor the 8-bit one where there is such, whose results differ by 1/255 on average.
 * @throws WEIGHTS_MISSING; DEVICE_UNAVAILABLE when a device is named that is not there
 */
export async function loadUpscaler(name: UpscalerName, options: SessionOptions = {}): Promise<Upscaler> {
  const device = await resolveDevice(options.device ?? 'auto');
  const in8Bits = device === 'cpu' && IN_8_BITS.includes(name) ? await findWeights(`${name}-int8`) : null;
  return openUpscaler(in8Bits ?? (await loadWeights(name)), GENERATORS[name], { ...options, device });
}

/** Null where nobody has put them there. */
async function findWeights(name: string): Promise<Uint8Array | null> {
  try {
    return await loadWeights(name);
  } catch (error) {
    if (error instanceof LimnerError && error.code === 'WEIGHTS_MISSING') return null;
    throw error;
  }
}

/** A generator from the bytes of its ONNX model. */
export async function openUpscaler(
  model: Uint8Array,
  size: GeneratorSize,
  options?: SessionOptions,
): Promise<Upscaler> {
  const session = await createSession(model, options);
  return {
    session,
    margin: Math.min(reachOf(size), FAR),
    noise: size.grain ? NOISE_CHANNELS : 0,
    tile: TILES[size.form],
  };
}

/**
 * A picture `scale` times larger. Alpha is enlarged by bicubic interpolation; colours under alpha 0 are not used.
 * @throws CANCELLED when the signal aborts; BAD_OUTPUT when the network returns NaN, a constant or another picture;
 * DEVICE_UNAVAILABLE when even the smallest tile does not fit into memory.
 */
export async function upscale(
  picture: Picture,
  upscaler: Upscaler,
  options: UpscaleOptions = {},
): Promise<Picture> {
  const { scale = SCALE, tile = upscaler.tile ?? DEFAULT_TILE, onProgress, signal } = options;
  const output = createPicture(picture.width * scale, picture.height * scale);
  enlargeAlpha(picture, output);
  const visible = bleedColours(picture);
  const area = picture.width * picture.height;
  const waiting = tilesOf(picture.width, picture.height, tile).reverse();
  let done = 0;
  for (let rect = waiting.pop(); rect; rect = waiting.pop()) {
    if (signal?.aborted)
      throw new LimnerError('CANCELLED', 'The enlargement was cancelled.', { cause: signal.reason });
    try {
      await enlargeTile(visible, upscaler, rect, scale, output);
    } catch (error) {
      if (!isOutOfMemory(error)) throw error;
      waiting.push(...smallerTiles(rect, error).reverse());
      continue;
    }
    done += rect.width * rect.height;
    onProgress?.(done / area);
  }
  return output;
}

async function enlargeTile(
  picture: Picture,
  upscaler: Upscaler,
  rect: Rect,
  scale: 2 | 4,
  output: Picture,
): Promise<void> {
  const margin = upscaler.margin + (scale === SCALE ? 0 : HALVING_REACH);
  const seen = withMargin(rect, margin, picture.width, picture.height);
  const low = planesFromPicture(picture, seen);
  const { session, noise = 0 } = upscaler;
  const data = noise ? joined(low, noisePlanes(seen, noise)) : low;
  const feeds = { [session.inputNames[0]]: { dims: [1, 3 + noise, seen.height, seen.width], data } };
  const high = (await session.run(feeds))[session.outputNames[0]].data;
  checkOutput(low, high);
  const [width, height] = [seen.width * SCALE, seen.height * SCALE];
  const channels = [0, 1, 2].map((c) => {
    const data = high.subarray(c * width * height, (c + 1) * width * height);
    const plane: Plane = { width, height, data };
    return scale === SCALE ? plane : resizePlane(plane, seen.width * scale, seen.height * scale);
  });
  pasteColours(channels, seen, rect, scale, output);
}

function joined(a: Float32Array, b: Float32Array): Float32Array {
  const out = new Float32Array(a.length + b.length);
  out.set(a);
  out.set(b, a.length);
  return out;
}

/** Copies the part of three planes (0..1) that belongs to `rect` into the colours of the output. */
function pasteColours(
  [red, green, blue]: readonly Plane[],
  seen: Rect,
  rect: Rect,
  scale: number,
  { width, data }: Picture,
): void {
  const [r, g, b] = [red.data, green.data, blue.data];
  const columns = rect.width * scale;
  for (let y = 0; y < rect.height * scale; y++) {
    let from = ((rect.y - seen.y) * scale + y) * red.width + (rect.x - seen.x) * scale;
    const start = ((rect.y * scale + y) * width + rect.x * scale) * 4;
    for (let to = start; to < start + 4 * columns; to += 4, from++) {
      data[to] = r[from] * 255;
      data[to + 1] = g[from] * 255;
      data[to + 2] = b[from] * 255;
    }
  }
}

function enlargeAlpha(picture: Picture, output: Picture): void {
  const alpha = new Float32Array(picture.width * picture.height);
  let opaque = true;
  for (let i = 0; i < alpha.length; i++) {
    alpha[i] = picture.data[4 * i + 3];
    opaque &&= alpha[i] === 255;
  }
  const large = opaque ? null : resizePlane({ ...picture, data: alpha }, output.width, output.height).data;
  for (let i = 0; i < output.width * output.height; i++) output.data[4 * i + 3] = large ? large[i] : 255;
}

/** What the runtimes say when memory ends, on the processor or on a GPU. */
function isOutOfMemory(error: unknown): boolean {
  return (
    error instanceof Error &&
    /out of memory|bad_alloc|failed to allocate|allocation failed|OOM|device.*lost/i.test(error.message)
  );
}

function smallerTiles(rect: Rect, cause: unknown): Rect[] {
  const edge = Math.ceil(Math.max(rect.width, rect.height) / 2);
  if (edge < SMALLEST_TILE)
    throw new LimnerError('DEVICE_UNAVAILABLE', 'The device has too little memory.', { cause });
  return tilesOf(rect.width, rect.height, edge).map((part) => ({
    ...part,
    x: part.x + rect.x,
    y: part.y + rect.y,
  }));
}
