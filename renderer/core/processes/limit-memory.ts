/** Kills what takes too much memory before the machine has none left. Linux only: elsewhere nothing is limited. */
import { readdirSync, readFileSync } from 'node:fs';

/** Milliseconds between looks. */
const INTERVAL = 100;

/**
 * Watches a process and all that it started.
 * @param bytes of memory that is theirs alone, together
 * @param onExceeded called once, when they have more
 * @returns what ends the watch
 */
export function limitMemory(pid: number, bytes: number, onExceeded: () => void): () => void {
  if (process.platform !== 'linux') return () => undefined;
  const timer = setInterval(() => {
    if (memoryOf(pid) <= bytes) return;
    clearInterval(timer);
    onExceeded();
  }, INTERVAL);
  timer.unref();
  return () => clearInterval(timer);
}

/** Bytes: anonymous memory of all of them, and shared memory once. */
export function memoryOf(pid: number): number {
  const figures = family(pid).map(memoryFigures);
  const anonymous = figures.reduce((sum, { anonymous }) => sum + anonymous, 0);
  return anonymous + Math.max(0, ...figures.map(({ shared }) => shared));
}

/** Kills a process and all that it started. */
export function killFamily(pid: number): void {
  for (const member of family(pid)) {
    try {
      process.kill(member, 'SIGKILL');
    } catch {
      // It has ended meanwhile.
    }
  }
}

/** A process and all that it started. */
function family(pid: number): number[] {
  const children = new Map<number, number[]>();
  for (const name of readProc('').filter((entry) => /^\d+$/.test(entry))) {
    const parent = parentOf(name);
    children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const members = [pid];
  for (let i = 0; i < members.length; i++) members.push(...(children.get(members[i]) ?? []));
  return members;
}

/** The name in brackets may hold anything; the parent is the second field after it. */
const parentOf = (pid: string) => Number(readText(`${pid}/stat`).split(') ').pop()!.split(' ')[1]);

function memoryFigures(pid: number): { anonymous: number; shared: number } {
  const status = readText(`${pid}/status`);
  const kilobytes = (name: string) =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0);
  return { anonymous: kilobytes('RssAnon') * 1024, shared: kilobytes('RssShmem') * 1024 };
}

/** Nothing where a process has ended meanwhile. */
function readText(path: string): string {
  try {
    return readFileSync(`/proc/${path}`, 'latin1');
  } catch {
    return '';
  }
}

function readProc(path: string): string[] {
  try {
    return readdirSync(`/proc/${path}`);
  } catch {
    return [];
  }
}
