/**
 * Training steps against PyTorch in the same run: node scripts/training/bench-step.ts [NAME…]
 * 16 patches of 24→96, forward, backward and Adam, on the CPU.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { initialParameters } from '../../models/graph/parameters.ts';
import { GENERATORS, generator } from '../../models/upscale/generator.ts';
import { charbonnier } from '../../models/upscale/losses.ts';
import { pixelStep } from '../../models/upscale/training-step.ts';
import { normalNumbers, uniformNumbers } from './random.ts';
import { openSession, scalar, tensor } from './session.ts';

type Name = keyof typeof GENERATORS;

export interface StepTime {
  /** Milliseconds a step. */
  readonly median: number;
  readonly least: number;
}

export interface StepComparison {
  readonly network: Name;
  readonly limner: StepTime;
  /** Null where python3 with torch is not installed. */
  readonly torch: StepTime | null;
}

const [BATCH, SIZE] = [16, 24];
/** The first on the path, and the one for which Debian's python3-torch is. */
const PYTHONS = ['python3', '/usr/bin/python3'];

/** Times `steps` steps of a generator, after one that warms up. */
export async function timeTrainingStep(name: Name, steps: number, threads: number): Promise<StepTime> {
  const { model, layout } = pixelStep(generator(GENERATORS[name]), charbonnier, BATCH, SIZE);
  const session = await openSession(model, threads);
  const random = uniformNumbers(1);
  const noise = (edge: number) =>
    tensor(Float32Array.from({ length: BATCH * 3 * edge ** 2 }, random), [BATCH, 3, edge, edge]);
  const zeros = () => tensor(new Float32Array(layout.size), [layout.size]);
  const theta = tensor(initialParameters(layout, normalNumbers(1)), [layout.size]);
  const feeds = {
    low: noise(SIZE),
    high: noise(4 * SIZE),
    theta,
    m: zeros(),
    v: zeros(),
    rate: scalar(1e-4),
    step: scalar(1),
  };
  const times: number[] = [];
  for (let i = 0; i <= steps; i++) {
    const start = performance.now();
    await session.run(feeds);
    times.push(performance.now() - start);
  }
  await session.release();
  const sorted = times.slice(1).sort((a, b) => a - b);
  return { median: sorted[sorted.length >> 1], least: sorted[0] };
}

/** The same step in PyTorch, or null where it is not installed. */
export function timeTorchStep(name: Name, steps: number, threads: number): StepTime | null {
  const { blocks, channels, form } = GENERATORS[name];
  const script = fileURLToPath(new URL('bench-step.py', import.meta.url));
  const parameters = [blocks, channels, form, BATCH, steps, threads].map(String);
  for (const python of PYTHONS) {
    const { status, stdout } = spawnSync(python, [script, ...parameters], { encoding: 'utf8' });
    if (status === 0) return JSON.parse(stdout);
  }
  return null;
}

export async function compareTrainingSteps(
  names: readonly Name[],
  steps = 7,
  threads = 2,
): Promise<StepComparison[]> {
  const rows: StepComparison[] = [];
  for (const network of names) {
    const limner = await timeTrainingStep(network, steps, threads);
    rows.push({ network, limner, torch: timeTorchStep(network, steps, threads) });
  }
  return rows;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const names = process.argv.slice(2) as Name[];
  console.table(
    (await compareTrainingSteps(names.length > 0 ? names : ['srgan-lite', 'srresnet'])).map(
      ({ network, limner, torch }) => ({
        network,
        'Limner, ms a step (least)': `${limner.median.toFixed(0)} (${limner.least.toFixed(0)})`,
        'PyTorch, ms a step (least)': torch
          ? `${torch.median.toFixed(0)} (${torch.least.toFixed(0)})`
          : 'not installed',
      }),
    ),
  );
}
