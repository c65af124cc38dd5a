import { expect, test } from 'vitest';
import { parsingLayout } from '../../../models/segment/parsing-step.ts';
import { GENERATORS } from '../../../models/upscale/generator.ts';
import { generatorLayout } from '../../../scripts/training/grow.ts';
import { readTheta } from '../../../scripts/training/read-theta.ts';

test('weights that ship are read as what a training starts from; those of another network are not', () => {
  const shipped = 'models/weights/parsing.onnx';
  expect(readTheta(shipped, parsingLayout())?.length).toBe(parsingLayout().size);
  expect(readTheta(shipped, generatorLayout(Object.values(GENERATORS)[0]))).toBeUndefined();
  expect(() => readTheta('no such file.onnx', parsingLayout())).toThrow('no such file.onnx');
});
