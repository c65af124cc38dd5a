import { readFileSync } from 'node:fs';
import onnxProto from 'onnx-proto';
import ort from 'onnxruntime-node';
import { expect, test } from 'vitest';
import { Graph } from '../../../models/graph/graph.ts';
import { frozenFeatures } from '../../../models/upscale/frozen-features.ts';
import { compile } from '../graph/run.ts';

const bytes = readFileSync('models/weights/faceres.onnx');

/** The model with the output after its first convolutions as an output of its own. */
function cutModel(depth: number): Uint8Array {
  const model = onnxProto.onnx.ModelProto.decode(bytes);
  const graph = model.graph!;
  const convolutions = graph.node!.flatMap((node, i) => (node.opType === 'Conv' ? [i] : []));
  const last = graph.node!.slice(0, convolutions[depth]).findLast((node) => node.opType !== 'Cast')!;
  graph.output = [{ name: last.output![0], type: { tensorType: { elemType: 1 } } }];
  return onnxProto.onnx.ModelProto.encode(model).finish();
}

test('the first layers of faceres compute what they compute in faceres', async () => {
  const edge = 224;
  const graph = new Graph();
  const input = graph.input('input', [1, 3, edge, edge]);
  graph.output('features', frozenFeatures(bytes, 7)(input));
  const data = Float32Array.from(
    { length: 3 * edge * edge },
    (_, i) => 127 + 120 * Math.sin(i / 50) * Math.cos(i / 9000),
  );
  const { features } = await (await compile(graph))({ input: { data, shape: [1, 3, edge, edge] } });

  const session = await ort.InferenceSession.create(cutModel(7));
  const outputs = await session.run({ input: new ort.Tensor('float32', data, [1, 3, edge, edge]) });
  const expected = outputs[session.outputNames[0]];
  expect(features.shape).toEqual(expected.dims);
  expect(features.shape).toEqual([1, 128, 56, 56]);
  const worst = features.data.reduce(
    (most, value, i) => Math.max(most, Math.abs(value - (expected.data as Float32Array)[i])),
    0,
  );
  expect(worst).toBeLessThan(1e-3);
  expect(features.data.some((value) => value > 0.5)).toBe(true);
});
