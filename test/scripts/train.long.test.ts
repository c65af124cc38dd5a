import { type ChildProcess, spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, expect, test } from 'vitest';

let folder: string;
let running: ChildProcess | undefined;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'limner-train-'));
  mkdirSync(join(folder, 'pictures'));
  const data = Uint8Array.from({ length: 200 * 160 * 3 }, (_, i) => ((i * 2654435761) >>> 13) & 255);
  await sharp(data, { raw: { width: 200, height: 160, channels: 3 } })
    .png()
    .toFile(join(folder, 'pictures', 'noise.png'));
});
afterEach(() => {
  running?.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

/** Starts training in the folder; resolves with exit code and signal. */
function train(...parameters: string[]): Promise<[number | null, string | null]> {
  const fixed = [
    '--config',
    'srgan-lite',
    '--data',
    'pictures',
    '--validate',
    'pictures',
    '--validate-every',
    '1',
  ];
  const script = resolve('scripts/train.ts');
  running = spawn(process.execPath, [script, ...fixed, '--threads', '1', ...parameters], {
    cwd: folder,
    stdio: 'ignore',
  });
  return new Promise((done) => running!.on('exit', (code, signal) => done([code, signal])));
}

const out = (name: string) => join(folder, '.cache', 'train', 'srgan-lite', name);
const rows = () =>
  existsSync(out('log.csv')) ? readFileSync(out('log.csv'), 'utf8').trim().split('\n').slice(1) : [];

test('a run that is killed goes on where its last checkpoint is', async () => {
  const killed = train('--steps', '100000');
  while (rows().length < 2) await new Promise((next) => setTimeout(next, 20));
  running!.kill('SIGKILL');
  expect((await killed)[1]).toBe('SIGKILL');

  const checkpoint = readFileSync(out('checkpoint.bin'));
  const { step } = JSON.parse(checkpoint.toString('utf8', 0, checkpoint.indexOf(10)));
  expect(step).toBeGreaterThanOrEqual(2);
  expect(await train('--resume', '--steps', String(step + 2))).toEqual([0, null]);
  expect(rows().map((row) => Number(row.split(',')[0]))).toEqual(
    Array.from({ length: step + 2 }, (_, i) => i + 1),
  );
  expect(Number(rows().at(-1)!.split(',')[3])).toBeGreaterThan(0);
  expect((await sharp(out('plot.png')).metadata()).width).toBe(900);
  expect(statSync(out('srgan-lite.onnx')).size).toBeLessThan(500_000);
});

test('the tracker learns from portraits before backdrops', async () => {
  copyFileSync('test/fixtures/astronaut.png', join(folder, 'pictures', 'portrait.png'));
  expect(await train('--config', 'tracker', '--backdrops', 'pictures', '--steps', '2')).toEqual([0, null]);
  const trained = join(folder, '.cache', 'train', 'tracker');
  const [, ...losses] = readFileSync(join(trained, 'log.csv'), 'utf8').trim().split('\n');
  expect(losses).toHaveLength(2);
  expect(statSync(join(trained, 'tracker.onnx')).size).toBeLessThan(500_000);
});

test('an unknown configuration is refused', async () => {
  const [code] = await train('--config', 'nothing');
  expect(code).not.toBe(0);
  expect(existsSync(out('checkpoint.bin'))).toBe(false);
});

test('the parsing network learns from labelled portraits', async () => {
  for (const name of ['portraits', 'labels']) mkdirSync(join(folder, name));
  // The first of two is left out and validated on.
  for (const name of ['a', 'b']) {
    await sharp('test/fixtures/astronaut.png')
      .resize(256)
      .toFile(join(folder, 'portraits', `${name}.png`));
    const labels = Uint8Array.from({ length: 256 * 256 }, (_, i) => (i < 128 * 256 ? 0 : 11));
    await sharp(labels, { raw: { width: 256, height: 256, channels: 1 } })
      .toColourspace('b-w')
      .png()
      .toFile(join(folder, 'labels', `${name}.png`));
  }
  const options = ['--labels', 'labels', '--backdrops', 'pictures', '--rounds', '1', '--steps', '2'];
  expect(await train('--config', 'parsing', '--data', 'portraits%2', ...options)).toEqual([0, null]);
  const trained = join(folder, '.cache', 'train', 'parsing');
  const [, ...log] = readFileSync(join(trained, 'log.csv'), 'utf8').trim().split('\n');
  const [step, , loss, rightPixels] = log[1].split(',').map(Number);
  expect(step).toBe(2);
  expect(loss).toBeGreaterThan(0);
  expect(rightPixels).toBeGreaterThanOrEqual(0); // percent; two steps learn next to nothing
  expect(statSync(join(trained, 'parsing.onnx')).size).toBeLessThan(1_500_000);
});
