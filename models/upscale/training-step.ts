import { add, scale } from '../graph/arithmetic.ts';
import { Graph, type Tensor } from '../graph/graph.ts';
import {
  type Layout,
  layoutOf,
  type Network,
  type ParameterSource,
  parametersFrom,
} from '../graph/parameters.ts';
import { trained } from '../graph/trained.ts';
import { SCALE } from './generator.ts';
import { adversarialLoss, discriminatorLoss, meanAbsoluteError } from './losses.ts';

/** A training step as one ONNX model, and the layout of its parameter vector. */
export interface TrainingStep {
  readonly model: Uint8Array;
  readonly layout: Layout;
}

export type PixelLoss = (output: Tensor, target: Tensor) => Tensor;

/**
 * One step of a generator on a pixel loss:
 * low [n, 3, size, size], high [n, 3, 4·size, 4·size] (0..1), theta, m, v [parameters], rate [], step [] (1 at first)
 * → theta, m, v (named theta_next, m_next, v_next) and loss [].
 */
export function pixelStep(network: Network, loss: PixelLoss, batch: number, size: number): TrainingStep {
  const graph = new Graph();
  const low = graph.input('low', [batch, 3, size, size]);
  const high = graph.input('high', [batch, 3, size * SCALE, size * SCALE]);
  const layout = layoutOf(network, low.shape);
  const parameters = trained(graph, layout, '');
  const value = loss(network(low, parameters.source), high);
  parameters.descend(value);
  graph.output('loss', value);
  return { model: graph.encode(), layout };
}

/** How much each part of the generator's loss counts; a part of weight 0 is not built. */
export interface LossWeights {
  readonly pixel: number;
  readonly content: number;
  readonly adversarial: number;
}

export interface AdversarialStep extends TrainingStep {
  readonly discriminatorLayout: Layout;
}

/**
 * One step of both networks, k = 1: the discriminator learns first, then the generator against the new discriminator.
 * Inputs as in `pixelStep`, with the discriminator's state as d_theta, d_m, d_v, d_rate, d_step → the next states,
 * loss (the generator's), pixel_loss and d_loss.
 * @param features a frozen network for the content loss
 */
export function adversarialStep(
  networks: { generator: Network; discriminator: Network; features?: (x: Tensor) => Tensor },
  pixelLoss: PixelLoss,
  weights: LossWeights,
  batch: number,
  size: number,
): AdversarialStep {
  const graph = new Graph();
  const low = graph.input('low', [batch, 3, size, size]);
  const high = graph.input('high', [batch, 3, size * SCALE, size * SCALE]);
  const layout = layoutOf(networks.generator, low.shape);
  const discriminatorLayout = layoutOf(networks.discriminator, high.shape);
  const own = trained(graph, layout, '');
  const fake = networks.generator(low, own.source);

  const opponent = trained(graph, discriminatorLayout, 'd_');
  const judge = (x: Tensor, source: ParameterSource): Tensor => networks.discriminator(x, source);
  const opponentLoss = discriminatorLoss(judge(high, opponent.source), judge(fake, opponent.source));
  const next = parametersFrom(opponent.descend(opponentLoss), discriminatorLayout);

  const pixel = pixelLoss(fake, high);
  let loss = scale(pixel, weights.pixel);
  loss = add(loss, scale(adversarialLoss(judge(fake, next.source)), weights.adversarial));
  const { features } = networks;
  if (features) loss = add(loss, scale(meanAbsoluteError(features(fake), features(high)), weights.content));
  own.descend(loss);
  for (const [name, value] of Object.entries({ loss, pixel_loss: pixel, d_loss: opponentLoss }))
    graph.output(name, value);
  return { model: graph.encode(), layout, discriminatorLayout };
}
