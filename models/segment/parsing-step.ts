import { PARSING_CHANNELS, PARSING_CLASSES, PARSING_SIDE } from '../face/parsing-classes.ts';
import { Graph } from '../graph/graph.ts';
import { constantParameters, type Layout, layoutOf } from '../graph/parameters.ts';
import { crossEntropy, softmax } from '../graph/softmax.ts';
import { trained } from '../graph/trained.ts';
import { parsingNetwork } from './parsing-network.ts';

/** The layout of the network's parameter vector. */
export const parsingLayout = (): Layout =>
  layoutOf(parsingNetwork, [1, PARSING_CHANNELS, PARSING_SIDE, PARSING_SIDE]);

/**
 * One step of training as an ONNX model: x [batch, channels, side, side], shares [batch, classes, side/2, side/2] (of
 * the classes at each pixel, times the pixel's weight), theta, m, v [parameters], rate [], step [] (1 at first)
 * → theta_next, m_next, v_next and loss [].
 */
export function parsingStep(batch: number): { readonly model: Uint8Array; readonly layout: Layout } {
  const graph = new Graph();
  const layout = parsingLayout();
  const half = PARSING_SIDE / 2;
  const x = graph.input('x', [batch, PARSING_CHANNELS, PARSING_SIDE, PARSING_SIDE]);
  const shares = graph.input('shares', [batch, PARSING_CLASSES.length, half, half]);
  const parameters = trained(graph, layout, '');
  const loss = crossEntropy(parsingNetwork(x, parameters.source), shares);
  parameters.descend(loss);
  graph.output('loss', loss);
  return { model: graph.encode(), layout };
}

/** The network with its parameters in half floats: x [1, channels, side, side] → shares [1, classes, side/2, side/2]. */
export function parsingModel(theta: Float32Array): Uint8Array {
  const graph = new Graph();
  const x = graph.input('x', [1, PARSING_CHANNELS, PARSING_SIDE, PARSING_SIDE]);
  graph.output('shares', softmax(parsingNetwork(x, constantParameters(graph, theta, parsingLayout(), true))));
  return graph.encode();
}
