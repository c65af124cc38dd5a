import { Graph } from '../graph/graph.ts';
import { constantParameters, type Layout, type Network } from '../graph/parameters.ts';

/**
 * A network with its parameters as an ONNX model: low [n, channels, h, w] in 0..1 → high [n, 3, 4h, 4w], any n, h, w.
 */
export function inferenceModel(
  network: Network,
  theta: Float32Array,
  layout: Layout,
  half = true,
  channels = 3,
): Uint8Array {
  const graph = new Graph();
  const low = graph.input('low', [1, channels, 24, 24], 'float32', ['n', channels, 'h', 'w']);
  const high = network(low, constantParameters(graph, theta, layout, half));
  graph.output('high', high, ['n', 3, 'height', 'width']);
  return graph.encode();
}
