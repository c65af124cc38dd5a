/** One step of adaptation as one ONNX model. */
import { add, multiply, scale } from '../graph/arithmetic.ts';
import { Graph, sizeOf, type Tensor } from '../graph/graph.ts';
import { type Layout, layoutOf } from '../graph/parameters.ts';
import { sliceBatch, sliceChannels } from '../graph/shape.ts';
import { trained } from '../graph/trained.ts';
import { averagePool } from '../graph/upsample.ts';
import { type GeneratorSize, generator, inputChannels, SCALE } from '../upscale/generator.ts';
import { meanAbsoluteError } from '../upscale/losses.ts';
import { opponentColours, PATCH, slicedWasserstein, spectrumDifference } from './texture-losses.ts';

export interface BatchShape {
  /** Pictures whose true enlargement is known. */
  readonly paired: number;
  /** Further pictures beside the part of the reference that they show, of which only the texture is judged. */
  readonly matched: number;
  /** Edge of the small pictures in px. */
  readonly edge: number;
}

export interface AdaptationStep {
  readonly model: Uint8Array;
  readonly layout: Layout;
}

/** Directions of projection, at full and at half size. */
export const DIRECTIONS = 32;

/** What the parts of the texture loss count; the whole is weighed by the input `texture`. */
const WEIGHTS = { patches: 1.2, halfPatches: 0.6, spectrum: 0.003 };
const CHROMA = 1;
/**
 * Rates over the given one: of the parameters that the shipped weights know, of the filters that colour the noise, and of how
 * much grain there is where. Chosen for the 36 to 50 steps that a minute allows; others were not searched.
 */
const PACE = { known: 0.1, filters: 8, amounts: 1 };

/**
 * low [n, channels, edge, edge] with the paired pictures first; real [n, 3, 4·edge, 4·edge], the truth of those and the
 * counterparts of the others; directions and half_directions [32, 3, 7, 7]; texture [], how much texture counts beside
 * pixels; state and rate as in `trained` → the next state, loss, pixel_loss, patch_loss and spectrum_loss.
 */
export function adaptationStep(size: GeneratorSize, { paired, matched, edge }: BatchShape): AdaptationStep {
  const graph = new Graph();
  const n = paired + matched;
  const low = graph.input('low', [n, inputChannels(size), edge, edge]);
  const real = graph.input('real', [n, 3, edge * SCALE, edge * SCALE]);
  const network = generator(size);
  const layout = layoutOf(network, low.shape);
  const { source, descend } = trained(graph, layout, '', paceOf(layout));

  const fake = network(low, source);
  const [fakeColours, realColours] = [opponentColours(fake), opponentColours(real)];
  const pixel = pixelLoss(fakeColours, realColours, paired);
  const kept = lowFrequencyLoss(fake, low, paired, matched);
  const directions = (name: string) => graph.input(name, [DIRECTIONS, 3, PATCH, PATCH]);
  const patches = add(
    scale(slicedWasserstein(fakeColours, realColours, directions('directions')), WEIGHTS.patches),
    scale(
      slicedWasserstein(
        averagePool(fakeColours, 2),
        averagePool(realColours, 2),
        directions('half_directions'),
      ),
      WEIGHTS.halfPatches,
    ),
  );
  const spectrum = spectrumDifference(fakeColours, realColours);
  const texture = add(patches, scale(spectrum, WEIGHTS.spectrum));
  const loss = add(add(pixel, kept), multiply(texture, graph.input('texture', [])));
  descend(loss);
  const losses = { loss, pixel_loss: pixel, patch_loss: patches, spectrum_loss: spectrum };
  for (const [name, value] of Object.entries(losses)) graph.output(name, value);
  return { model: graph.encode(), layout };
}

/** Grain, which starts from nothing, learns fast; what the shipped weights know is changed gently. */
function paceOf({ size, slots }: Layout): Float32Array {
  const pace = new Float32Array(size).fill(PACE.known);
  for (const { name, shape, offset } of slots) {
    const isNew = name.startsWith('grain.');
    const rate = name.startsWith('grain.filter') ? PACE.filters : PACE.amounts;
    if (isNew) pace.fill(rate, offset, offset + sizeOf(shape));
  }
  return pace;
}

/** Of the paired pictures, in luma, and in colour, which is held closer. */
function pixelLoss(fake: Tensor, real: Tensor, paired: number): Tensor {
  const part = (x: Tensor) => sliceBatch(x, 0, paired);
  const [a, b] = [part(fake), part(real)];
  return add(
    meanAbsoluteError(sliceChannels(a, 0, 1), sliceChannels(b, 0, 1)),
    scale(meanAbsoluteError(sliceChannels(a, 1, 2), sliceChannels(b, 1, 2)), CHROMA),
  );
}

/** Of the matched pictures: shrunk again they are what they were. */
function lowFrequencyLoss(fake: Tensor, low: Tensor, paired: number, matched: number): Tensor {
  const shrunk = averagePool(sliceBatch(fake, paired, matched), SCALE);
  return meanAbsoluteError(shrunk, sliceBatch(sliceChannels(low, 0, 3), paired, matched));
}
