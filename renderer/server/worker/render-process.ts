/** A render process as its worker sees it: started when needed, started again when it died. */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Device } from '../../../models/runtime/index.ts';
import { childEnvironment } from '../../core/processes/child-environment.ts';
import { killFamily, limitMemory } from '../../core/processes/limit-memory.ts';
import type { Signer } from '../../provenance/open-identity.ts';
import type { Progress } from '../jobs/run-state.ts';
import type { Capabilities, FromProcess, ToProcess, WorkOrder, WorkOutcome } from './messages.ts';

export interface ProcessOptions {
  /** Where pictures lie, as for `openStorage`. */
  readonly storage: string;
  readonly device: Device;
  /** Processor threads of one run. */
  readonly threads: number;
  /** The one card that CUDA shows it, as in CUDA_VISIBLE_DEVICES: a number, or an id that `nvidia-smi -L` lists. */
  readonly gpu?: string;
  /** Who signs results. */
  readonly signer: Signer;
  /** Most pixels of a picture; default as for `decodePicture`. */
  readonly maxPixels?: number;
  /** Bytes of memory that it may have, on Linux. */
  readonly memory?: number;
}

export interface RunOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
}

/** The process ended while it worked: killed, out of memory, or crashed in native code. */
export class ProcessLost extends Error {
  /** Whether it took more memory than it may: it would again. */
  readonly isTooLarge: boolean;

  constructor(message: string, isTooLarge = false) {
    super(message);
    this.isTooLarge = isTooLarge;
  }
}

/** Time (ms) a process has to stop by itself. */
const GRACE = 10_000;
/** Bytes of memory that a process and its browser may have; a result of 16,384×16,384 px takes four fifths of it. */
const MOST_MEMORY = 6 * 2 ** 30;

export class RenderProcess {
  readonly #options: ProcessOptions;
  #child: ChildProcess | null = null;
  #capabilities: Promise<Capabilities> | null = null;

  constructor(options: ProcessOptions) {
    this.#options = options;
  }

  /** What the process runs on; starts it. @throws ProcessLost */
  capabilities(): Promise<Capabilities> {
    this.#start();
    return this.#capabilities!;
  }

  /**
   * One at a time. When the signal aborts, the process is asked to stop and answers CANCELLED, or is killed.
   * @throws ProcessLost
   */
  run(order: WorkOrder, { signal, onProgress }: RunOptions): Promise<WorkOutcome> {
    const child = this.#start();
    return new Promise((resolve, reject) => {
      let grace: NodeJS.Timeout | undefined;
      const stop = () => {
        send(child, { type: 'cancel' });
        grace = setTimeout(() => child.kill('SIGKILL'), GRACE);
      };
      const onMessage = (message: FromProcess) => {
        if (message.type === 'progress') onProgress(message.progress);
        if (message.type === 'outcome') settle(() => resolve(message.outcome));
      };
      let isTooLarge = false;
      const unwatch = limitMemory(child.pid ?? 0, this.#options.memory ?? MOST_MEMORY, () => {
        isTooLarge = true;
        killFamily(child.pid!);
      });
      const onExit = () =>
        settle(() => reject(new ProcessLost('The render process ended unexpectedly.', isTooLarge)));
      const settle = (how: () => void) => {
        clearTimeout(grace);
        unwatch();
        signal.removeEventListener('abort', stop);
        child.off('message', onMessage).off('exit', onExit);
        how();
      };
      child.on('message', onMessage).on('exit', onExit);
      send(child, { type: 'work', order });
      signal.addEventListener('abort', stop);
      if (signal.aborted) stop();
    });
  }

  /** Undefined while there is none. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  end(): void {
    this.#child?.kill('SIGKILL');
  }

  #start(): ChildProcess {
    if (this.#child) return this.#child;
    const child = fork(entry, [JSON.stringify(this.#options)], {
      serialization: 'advanced',
      execArgv: entry.endsWith('.ts')
        ? ['--experimental-strip-types', '--disable-warning=ExperimentalWarning']
        : [],
      env: {
        ...childEnvironment('storing'),
        ...(this.#options.gpu !== undefined && { CUDA_VISIBLE_DEVICES: this.#options.gpu }),
      },
    });
    this.#child = child;
    child.on('exit', () => {
      if (this.#child === child) this.#child = null;
    });
    // A process that died is noticed by its exit; a message that could not be sent says nothing more.
    child.on('error', () => undefined);
    this.#capabilities = new Promise((resolve, reject) => {
      child.on('message', (message: FromProcess) => {
        if (message.type === 'ready') resolve(message);
      });
      child.on('exit', () => reject(new ProcessLost('The render process did not start.')));
    });
    this.#capabilities.catch(() => undefined);
    return child;
  }
}

function send(child: ChildProcess, message: ToProcess): void {
  if (child.connected) child.send(message);
}

/** ./process.ts, in a bundle built beside the file this one is in. */
const entry = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? './process.ts' : './render-process.js', import.meta.url),
);
