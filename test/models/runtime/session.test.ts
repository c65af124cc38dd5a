import { expect, test } from 'vitest';
import { reasonOf } from '../../../models/runtime/device.ts';
import { availableDevices, createSession, loadWeights } from '../../../models/runtime/index.ts';

const face = { dims: [1, 3, 192, 192], data: new Float32Array(3 * 192 * 192).fill(0.5) };

test('devices are listed best first, and the missing ones say why', async () => {
  const devices = await availableDevices();
  expect(devices.map(({ device }) => device)).toEqual(['cuda', 'webgpu', 'cpu']);
  expect(devices.at(-1)).toMatchObject({ device: 'cpu', available: true });
  for (const { available, reason } of devices) if (!available) expect(reason).toMatch(/\.$/);
});

test('an obstacle that onnxruntime tells is a sentence without its source', () => {
  const told =
    '/src/core/webgpu_context.cc:136 Initialize(const Config&)::<lambda()> status == Success was false. Failed to get a WebGPU adapter: No supported adapters\nmore';
  expect(reasonOf(new Error(told))).toBe('Failed to get a WebGPU adapter: No supported adapters.');
  expect(reasonOf(new Error('There is no card.'))).toBe('There is no card.');
});

test('auto is the first device that is there and not slower than the processor', async () => {
  const best = (await availableDevices()).find(({ available, reason }) => available && !reason)!;
  const session = await createSession(await loadWeights('facemesh'));
  expect(session.device).toBe(best.device);
  await session.release();
});

test('a named device that is not there is an error that says why', async () => {
  const weights = await loadWeights('facemesh');
  await expect(createSession(weights, { device: 'wasm' })).rejects.toMatchObject({
    code: 'DEVICE_UNAVAILABLE',
    message: expect.stringContaining('wasm'),
  });
  for (const { device, available, reason } of await availableDevices()) {
    if (available) continue;
    await expect(createSession(weights, { device })).rejects.toThrow(reason!);
  }
});

test('runs answer by name, also many at once, whatever the number of threads', async () => {
  const session = await createSession(await loadWeights('facemesh'), { device: 'cpu', threads: 2 });
  expect(session.inputNames).toEqual(['input']);
  expect(session.outputNames).toEqual(['mesh', 'presence']);
  const results = await Promise.all([1, 2, 3].map(() => session.run({ input: face })));
  for (const { mesh, presence } of results) {
    expect(mesh.dims).toEqual([1, 1404]);
    expect(mesh.data).toEqual(results[0].mesh.data);
    expect(presence.data[0]).toBeLessThan(0.5);
  }
  await session.release();
});

test('a tensor of the wrong shape is refused', async () => {
  const session = await createSession(await loadWeights('facemesh'), { device: 'cpu' });
  await expect(session.run({ input: { dims: [1, 3, 8, 8], data: new Float32Array(192) } })).rejects.toThrow();
  await session.release();
});
