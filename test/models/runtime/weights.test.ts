import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { loadWeights } from '../../../models/runtime/index.ts';

afterEach(() => vi.unstubAllEnvs());

test('weights are found by name', async () => {
  expect((await loadWeights('selfie')).length).toBeGreaterThan(200_000);
});

test('LIMNER_WEIGHTS names another folder', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'limner-'));
  writeFileSync(join(folder, 'tiny.onnx'), 'abc');
  vi.stubEnv('LIMNER_WEIGHTS', folder);
  expect(await loadWeights('tiny')).toEqual(new TextEncoder().encode('abc'));
  rmSync(folder, { recursive: true });
});

test('missing weights are named in the error', async () => {
  await expect(loadWeights('nothing')).rejects.toMatchObject({
    code: 'WEIGHTS_MISSING',
    message: expect.stringContaining('nothing.onnx'),
  });
});
