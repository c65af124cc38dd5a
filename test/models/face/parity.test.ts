import { readFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { createSession, loadWeights, type Session } from '../../../models/runtime/index.ts';
import { parityInput } from '../../../scripts/tfjs/parity-input.ts';

interface Reference {
  length: number;
  largest: number;
  step: number;
  samples: number[];
}

const sessions: Session[] = [];
afterAll(() => Promise.all(sessions.map((session) => session.release())));

// The tolerance is relative to the largest output. iris is shipped in float16, its original is float32.
test.each([
  ['blazeface', 256, 1e-5],
  ['facemesh', 192, 1e-5],
  ['iris', 64, 1e-3],
  ['faceres', 224, 1e-5],
  ['selfie', 256, 2e-4],
])('%s answers as the original does in TensorFlow.js', async (name, side, tolerance) => {
  const session = await createSession(await loadWeights(name), { device: 'cpu', threads: 1 });
  sessions.push(session);
  const data = await parityInput(name, side);
  const outputs = await session.run({ input: { dims: [1, 3, side, side], data } });

  const file = new URL(`../../fixtures/parity/${name}.json`, import.meta.url);
  const references: Record<string, Reference> = JSON.parse(readFileSync(file, 'utf8'));
  expect(Object.keys(outputs).sort()).toEqual(Object.keys(references).sort());
  for (const [output, { length, largest, step, samples }] of Object.entries(references)) {
    const values = outputs[output].data;
    expect(values.length).toBe(length);
    const difference = Math.max(...samples.map((sample, i) => Math.abs(values[i * step] - sample)));
    expect(difference / largest, output).toBeLessThan(tolerance);
  }
});
