/** Makes of a network that answers a question one that tells what it saw on the way. */
import onnxProto from 'onnx-proto';

const { onnx } = onnxProto;
type Node = onnxProto.onnx.INodeProto;

/**
 * A model whose outputs are the last features of each size: what every convolution with a stride reads, but the input
 * itself, from the finest to the coarsest. Its input may have any height and width.
 * @param bytes an ONNX model of convolutions, whose layers up to the last stride do not depend on the input's size
 * @throws RangeError when no features are read with a stride
 */
export function featureModel(bytes: Uint8Array): Uint8Array {
  const model = onnx.ModelProto.decode(bytes);
  const graph = model.graph!;
  const [input] = graph.input!;
  const names = graph
    .node!.filter(isStrided)
    .map((node) => node.input![0])
    .filter((name) => name !== input.name);
  if (names.length === 0) throw new RangeError(`${graph.name} has no features of several sizes.`);
  const channels = input.type!.tensorType!.shape!.dim![1];
  const nodes = ancestors(graph.node!, names);
  const used = new Set(nodes.flatMap((node) => node.input!));
  return onnx.ModelProto.encode({
    ...model,
    graph: {
      ...graph,
      node: nodes,
      initializer: graph.initializer!.filter(({ name }) => used.has(name!)),
      input: [open(input.name!, [{ dimValue: 1 }, channels, { dimParam: 'h' }, { dimParam: 'w' }])],
      output: names.map((name, i) =>
        open(name, [{ dimValue: 1 }, { dimParam: `c${i}` }, { dimParam: `h${i}` }, { dimParam: `w${i}` }]),
      ),
      valueInfo: [],
    },
  }).finish();
}

const isStrided = ({ opType, attribute }: Node): boolean =>
  opType === 'Conv' &&
  (attribute!.find(({ name }) => name === 'strides')?.ints ?? []).some((stride) => Number(stride) > 1);

/** The nodes that these tensors depend on, in their order. */
function ancestors(nodes: readonly Node[], names: readonly string[]): Node[] {
  const wanted = new Set(names);
  const kept: Node[] = [];
  for (const node of nodes.toReversed()) {
    if (!node.output!.some((name) => wanted.has(name))) continue;
    kept.push(node);
    for (const name of node.input!) wanted.add(name);
  }
  return kept.reverse();
}

const open = (name: string, dim: onnxProto.onnx.TensorShapeProto.IDimension[]) => ({
  name,
  type: { tensorType: { elemType: onnx.TensorProto.DataType.FLOAT, shape: { dim } } },
});
