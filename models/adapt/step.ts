/** One step of adaptation as one ONNX model. */
import { add, multiply, scale } from '../graph/arithmetic.ts';
import { Graph, sizeOf, type Tensor } from '../graph/graph.ts';
import { type Layout, layoutOf } from '../graph/parameters.ts';
import { sliceBatch, sliceChannels } from '../graph/shape.ts';
import { trained } from '../graph/trained.ts';
import { averagePool } from '../graph/upsample.ts';
import { type GeneratorSize, generator, inputChannels, SCALE } from '../upscale/generator.ts';
import { adversarialLoss, discriminatorLoss, meanAbsoluteError } from '../upscale/losses.ts';
import { textureDiscriminator } from './texture-discriminator.ts';
import { opponentColours, PATCH, slicedWasserstein, spectrumDifference } from './texture-losses.ts';

export interface BatchShape {
  /** Pictures whose true enlargement is known. */
  readonly paired: number;
  /** Further pictures, of which only the texture is judged. */
  readonly unpaired: number;
  /** Edge of the small pictures in px. */
  readonly edge: number;
}

export interface AdaptationStep {
  readonly model: Uint8Array;
  readonly layout: Layout;
  readonly discriminatorLayout: Layout;
}

/** Directions of projection, at full and at half size. */
export const DIRECTIONS = 32;

/** What the parts of the texture loss count; the whole is weighed by the input `texture`. */
const WEIGHTS = { patches: 1.2, halfPatches: 0.6, spectrum: 0.003, adversarial: 0.003 };
const CHROMA = 1;
/** Rate of the parameters that are known, over that of the new ones. */
const GENTLE = 0.1;

/**
 * low [n, channels, edge, edge] with the paired pictures first; real [n, 3, 4·edge, 4·edge], the truth of those and any
 * crops of the reference for the others; directions and half_directions [32, 3, 7, 7]; texture [], how much texture counts
 * beside pixels; state and rate of generator and discriminator (d_) as in `adversarialStep`
 * → the next states, loss, pixel_loss, patch_loss, spectrum_loss and d_loss.
 * Both networks learn from the same pass, so that each is run once.
 */
export function adaptationStep(size: GeneratorSize, { paired, unpaired, edge }: BatchShape): AdaptationStep {
  const graph = new Graph();
  const n = paired + unpaired;
  const low = graph.input('low', [n, inputChannels(size), edge, edge]);
  const real = graph.input('real', [n, 3, edge * SCALE, edge * SCALE]);
  const network = generator(size);
  const layout = layoutOf(network, low.shape);
  const discriminatorLayout = layoutOf(textureDiscriminator, real.shape);
  const own = trained(graph, layout, '', paceOf(layout));
  const opponent = trained(graph, discriminatorLayout, 'd_');

  const fake = network(low, own.source);
  const ofFake = textureDiscriminator(fake, opponent.source);
  const opponentLoss = discriminatorLoss(textureDiscriminator(real, opponent.source), ofFake);

  const [fakeColours, realColours] = [opponentColours(fake), opponentColours(real)];
  const pixel = pixelLoss(fakeColours, realColours, paired);
  const kept = lowFrequencyLoss(fake, low, paired, unpaired);
  const directions = (name: string) => graph.input(name, [DIRECTIONS, 3, PATCH, PATCH]);
  const patches = add(
    scale(slicedWasserstein(fakeColours, realColours, paired, directions('directions')), WEIGHTS.patches),
    scale(
      slicedWasserstein(
        averagePool(fakeColours, 2),
        averagePool(realColours, 2),
        paired,
        directions('half_directions'),
      ),
      WEIGHTS.halfPatches,
    ),
  );
  const spectrum = spectrumDifference(fakeColours, realColours);
  const texture = sumOf(
    patches,
    scale(spectrum, WEIGHTS.spectrum),
    scale(adversarialLoss(ofFake), WEIGHTS.adversarial),
  );
  const loss = sumOf(pixel, kept, multiply(texture, graph.input('texture', [])));
  own.descend(loss);
  opponent.descend(opponentLoss);
  const losses = {
    loss,
    pixel_loss: pixel,
    patch_loss: patches,
    spectrum_loss: spectrum,
    d_loss: opponentLoss,
  };
  for (const [name, value] of Object.entries(losses)) graph.output(name, value);
  return { model: graph.encode(), layout, discriminatorLayout };
}

/** Grain, which starts from nothing, learns fast; what the shipped weights know is changed gently. */
function paceOf({ size, slots }: Layout): Float32Array {
  const pace = new Float32Array(size).fill(GENTLE);
  for (const { name, shape, offset } of slots)
    if (name.startsWith('grain.')) pace.fill(1, offset, offset + sizeOf(shape));
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

/** Of the unpaired pictures: shrunk again they are what they were. */
function lowFrequencyLoss(fake: Tensor, low: Tensor, paired: number, unpaired: number): Tensor {
  const shrunk = averagePool(sliceBatch(fake, paired, unpaired), SCALE);
  return meanAbsoluteError(shrunk, sliceBatch(sliceChannels(low, 0, 3), paired, unpaired));
}

const sumOf = (...parts: Tensor[]): Tensor => parts.reduce(add);
