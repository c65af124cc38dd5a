import { abs, mean, multiply, subtract } from '../../../models/graph/arithmetic.ts';
import { Graph } from '../../../models/graph/graph.ts';
import { layoutOf } from '../../../models/graph/parameters.ts';
import { trained } from '../../../models/graph/trained.ts';
import type { Motion } from '../../../models/track/motion.ts';
import { CROP_SIDE, motionNetwork } from '../../../models/track/network.ts';
import type { TrainingStep } from '../../../models/upscale/training-step.ts';

export const motionLayout = layoutOf(motionNetwork, [1, 6, CROP_SIDE, CROP_SIDE]);

/** How much an error of each number counts: one side of the square displaces corners more than a radian of roll. */
const WEIGHTS = Float32Array.of(1, 1, 0.7, 0.5);

export const numbersOf = ({ x, y, logScale, roll }: Motion): number[] => [x, y, logScale, roll];

/**
 * One step on the mean weighted absolute error (Held et al. 2016 train on L1, too): crops [n, 6, 64, 64], motion [n, 4],
 * theta, m, v [parameters], rate [], step [] → theta_next, m_next, v_next and loss [].
 */
export function motionStep(batch: number): TrainingStep {
  const graph = new Graph();
  const crops = graph.input('crops', [batch, 6, CROP_SIDE, CROP_SIDE]);
  const motion = graph.input('motion', [batch, 4]);
  const parameters = trained(graph, motionLayout, '');
  const error = subtract(motionNetwork(crops, parameters.source), motion);
  const loss = mean(multiply(abs(error), graph.constant(WEIGHTS, [1, 4])));
  parameters.descend(loss);
  graph.output('loss', loss);
  return { model: graph.encode(), layout: motionLayout };
}
