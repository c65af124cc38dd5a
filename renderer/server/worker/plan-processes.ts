import { availableParallelism, totalmem } from 'node:os';

/** Memory (bytes) that a full render of 4096×4096 px may take. */
const MEMORY = 2 * 2 ** 30;
const MOST = 8;

/**
 * How many jobs at once, with how many threads each. A processor does most with a process a core: the networks are small
 * and much of the work is not theirs. A graphics card is best left to one process.
 */
export function planProcesses(
  device: string,
  wanted?: number,
  machine = { cores: availableParallelism(), memory: totalmem() },
): { processes: number; threads: number } {
  const fitting = Math.min(machine.cores, Math.floor(machine.memory / MEMORY), MOST);
  const processes = wanted ?? (device === 'cpu' ? Math.max(1, fitting) : 1);
  return { processes, threads: Math.max(1, Math.floor(machine.cores / processes)) };
}

/** Which card each process has: one after another, so that none has more than one process more than another. */
export const spreadOver = (gpus: readonly string[], processes: number): (string | undefined)[] =>
  Array.from({ length: processes }, (_, i) => (gpus.length > 0 ? gpus[i % gpus.length] : undefined));
