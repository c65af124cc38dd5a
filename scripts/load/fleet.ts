/** The processes of a renderer: a server and its workers, started, killed without warning, started again. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createRendererClient, type RendererClient } from '../../protocol/renderer-api/client/index.ts';
import { freePort } from './postgres.ts';

export interface FleetOptions {
  readonly data: string;
  /** Without it the server has PGlite, and does the work itself. */
  readonly databaseUrl?: string;
  /** Further options of `limner serve`. */
  readonly serve?: readonly string[];
  /** Environment of all processes. */
  readonly env?: Readonly<Record<string, string>>;
  /** Jobs at once: processes of the server, or workers beside it. */
  readonly workers: number;
}

const TOKEN = 'token-of-a-renderer-under-load';
const entry = fileURLToPath(new URL('../../renderer/limner.ts', import.meta.url));

/** MB. */
export interface Memory {
  readonly server: number;
  readonly renderer: number;
}

/** In the command line of a process that renders. */
const RENDERING = 'worker/process.ts';

export class Fleet {
  readonly client: RendererClient;
  readonly url: string;
  readonly token = TOKEN;
  readonly #options: FleetOptions;
  #server: ChildProcess | null = null;
  #workers: ChildProcess[] = [];

  static async start(options: FleetOptions): Promise<Fleet> {
    const fleet = new Fleet(options, await freePort());
    await fleet.startServer();
    if (options.databaseUrl) for (let i = 0; i < options.workers; i++) await fleet.#startWorker();
    return fleet;
  }

  private constructor(options: FleetOptions, port: number) {
    this.#options = options;
    this.url = `http://127.0.0.1:${port}`;
    this.client = createRendererClient({ baseUrl: this.url, token: TOKEN });
  }

  async startServer(): Promise<void> {
    const { databaseUrl, workers, serve = [] } = this.#options;
    const { port } = new URL(this.url);
    const work = databaseUrl || workers === 0 ? ['--no-worker'] : ['--processes', String(workers)];
    const limits = ['--rate', '1000000', '--max-queue', '1000000'];
    this.#server = await this.#spawn(['serve', '--port', port, ...limits, ...work, ...serve], 'listens on');
  }

  async killServer(): Promise<void> {
    await kill(this.#server!);
  }

  /** As an operator stops it. */
  async stopServer(): Promise<void> {
    await kill(this.#server!, 'SIGTERM');
  }

  /** One of the processes that work, whatever it does. With PGlite the server starts another, else this does. */
  async killWorker(random: () => number): Promise<void> {
    if (!this.#options.databaseUrl) {
      const [...working] = childrenOf(this.#server!.pid!);
      if (working.length > 0) process.kill(working[Math.floor(random() * working.length)], 'SIGKILL');
      return;
    }
    const [victim] = this.#workers.splice(Math.floor(random() * this.#workers.length), 1);
    await kill(victim);
    await this.#startWorker();
  }

  /** Resident memory (MB) of the server's process, and of the largest of those that render; NaN while there is none. */
  memory(): Memory {
    const parents = [this.#server, ...this.#workers].flatMap((process) => process?.pid ?? []);
    const renderers = parents.flatMap(childrenOf).filter((pid) => read(pid, 'cmdline').includes(RENDERING));
    return {
      server: residentMb(this.#server?.pid ?? 0),
      renderer: renderers.length > 0 ? Math.max(...renderers.map(residentMb)) : Number.NaN,
    };
  }

  async stop(): Promise<void> {
    const all = [this.#server, ...this.#workers].filter((child) => child !== null);
    await Promise.all(all.map((child) => kill(child, 'SIGTERM')));
  }

  async #startWorker(): Promise<void> {
    this.#workers.push(await this.#spawn(['worker', '--processes', '1'], 'working on'));
  }

  /** Fulfils when the process says that it is ready. */
  async #spawn(args: readonly string[], ready: string): Promise<ChildProcess> {
    const { data, databaseUrl, env } = this.#options;
    const where = ['--data', data, ...(databaseUrl ? ['--database-url', databaseUrl] : [])];
    const child = spawn(
      process.execPath,
      [entry, ...args, ...where, '--log-level', 'silent', '--device', 'cpu'],
      {
        env: { ...process.env, LIMNER_TOKEN: TOKEN, ...env },
        stdio: ['ignore', 'ignore', 'pipe'],
      },
    );
    let said = '';
    await new Promise<void>((resolve, reject) => {
      child.stderr!.on('data', (chunk) => {
        said += chunk;
        if (said.includes(ready)) resolve();
      });
      child.once('exit', () => reject(new Error(`limner ${args[0]} ended: ${said}`)));
    });
    return child;
  }
}

async function kill(child: ChildProcess, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
}

/** Process ids, from /proc. */
const childrenOf = (pid: number): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    // The name in brackets may hold anything; the parent is the second field after it.
    .filter((child) => read(child, 'stat').split(') ').pop()?.split(' ')[1] === String(pid));

/** Of /proc; empty once the process is gone. */
function read(pid: number, what: 'stat' | 'status' | 'cmdline'): string {
  try {
    return readFileSync(`/proc/${pid}/${what}`, 'utf8');
  } catch {
    return '';
  }
}

const residentMb = (pid: number): number =>
  Math.round((Number(/VmRSS:\s+(\d+) kB/.exec(read(pid, 'status'))?.[1]) * 1024) / 1e6);
