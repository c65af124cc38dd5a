/** Looks into files in processes of their own, which may be killed, so that no file can stop or take over the service. */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { LimnerError } from '../../../models/errors.ts';
import type { KnownFailure } from '../../core/errors.ts';
import { removeLeftOver } from '../../core/files/process-folder.ts';
import { childEnvironment } from '../../core/processes/child-environment.ts';
import { killFamily, limitMemory } from '../../core/processes/limit-memory.ts';
import { type FromInspection, INTAKE, type Inspected, type ToInspect } from './messages.ts';

export interface Inspector {
  /**
   * @throws what decoding throws, FILE_TOO_COMPLEX when it takes too long, too much memory, or the process down,
   * RATE_LIMITED when too many wait
   */
  inspect<Task extends ToInspect>(task: Task): Promise<Inspected<Task['type']>>;
  close(): void;
}

export interface InspectorOptions {
  /** Files looked into at once. */
  readonly processes?: number;
  /** Milliseconds for one; the largest picture that is taken by default needs a tenth. */
  readonly timeout?: number;
  /** Bytes of memory for one; the largest picture that is taken by default needs a third. */
  readonly memory?: number;
  /** Files that may wait. */
  readonly mostWaiting?: number;
}

/** MB of JavaScript's heap: a frame of the most elements needs a quarter. */
const HEAP = 512;

export function openInspector(options: InspectorOptions = {}): Inspector {
  const { processes = 2, timeout = 60_000, memory = 2 * 2 ** 30, mostWaiting = 64 } = options;
  const idle: (ChildProcess | null)[] = Array(processes).fill(null);
  const all = new Set<ChildProcess>();
  const waiting: (() => void)[] = [];
  removeVideos();

  async function turn(): Promise<ChildProcess> {
    if (idle.length === 0) {
      if (waiting.length >= mostWaiting)
        throw new LimnerError('RATE_LIMITED', `${waiting.length} files wait to be looked into already.`);
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
      });
    }
    const child = idle.pop();
    if (child?.connected) return child;
    const started = start();
    all.add(started);
    started.once('exit', () => {
      all.delete(started);
      removeVideos();
    });
    return started;
  }

  return {
    async inspect<Task extends ToInspect>(task: Task) {
      const child = await turn();
      try {
        return (await ask(child, task, timeout, memory)) as Inspected<Task['type']>;
      } finally {
        idle.push(child);
        waiting.shift()?.();
      }
    },
    close() {
      for (const child of all) end(child);
    },
  };
}

/** Of processes that were killed while they looked into them: they show people. */
const removeVideos = () => void removeLeftOver(INTAKE).catch(() => undefined);

/** With what it has started. */
const end = (child: ChildProcess) => (child.pid ? killFamily(child.pid) : child.kill('SIGKILL'));

function start(): ChildProcess {
  const isSource = entry.endsWith('.ts');
  const child = fork(entry, [], {
    serialization: 'advanced',
    execArgv: [
      `--max-old-space-size=${HEAP}`,
      ...(isSource ? ['--experimental-strip-types', '--disable-warning=ExperimentalWarning'] : []),
    ],
    env: childEnvironment('rendering'),
  });
  // A process that died is noticed by its exit.
  child.on('error', () => undefined);
  // Alone it keeps nobody from ending.
  child.unref();
  child.channel?.unref();
  return child;
}

function ask(child: ChildProcess, task: ToInspect, timeout: number, memory: number) {
  return new Promise<Extract<FromInspection, { result: unknown }>['result']>((resolve, reject) => {
    const kill = () => end(child);
    const timer = setTimeout(kill, timeout);
    const unwatch = limitMemory(child.pid ?? 0, memory, kill);
    const settle = (how: () => void) => {
      clearTimeout(timer);
      unwatch();
      child.off('message', onMessage).off('exit', onExit);
      how();
    };
    const onMessage = (answer: FromInspection) =>
      settle(() => ('result' in answer ? resolve(answer.result) : reject(refusal(answer.error))));
    const onExit = () =>
      settle(() =>
        reject(
          new LimnerError('FILE_TOO_COMPLEX', 'The file takes more time or memory to open than it may.'),
        ),
      );
    child.on('message', onMessage).on('exit', onExit);
    child.send(task);
  });
}

/** What the process refused, in its words. */
const refusal = ({ code, message, hint }: KnownFailure) => new LimnerError(code, message, { hint });

/** ./process.ts, in a bundle built beside the file this one is in. */
const entry = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? './process.ts' : './inspect-process.js', import.meta.url),
);
