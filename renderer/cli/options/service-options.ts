/** The options that `serve`, `worker` and `token` share: where the data is, what computes. */
import { join } from 'node:path';
import { type Command, Option } from 'commander';
import { type Logger, pino } from 'pino';
import { LimnerError } from '../../../models/errors.ts';
import type { Device } from '../../../models/runtime/index.ts';
import { userFolder } from '../../core/files/user-folder.ts';
import { DEFAULT_MAX_PIXELS } from '../../core/pictures/read-picture.ts';
import { openIdentity } from '../../provenance/open-identity.ts';
import type { Database } from '../../server/database/database.ts';
import { openDatabase } from '../../server/database/open-database.ts';
import type { MetricsAddress } from '../../server/metrics/serve-metrics.ts';
import type { WorkerSettings } from '../../server/start-renderer.ts';
import { type SendingTracer, sendTraces } from '../../server/traces/send-traces.ts';
import { countOption } from './option-values.ts';
import { addProvenanceOptions, type ProvenanceOptions, signerOf } from './provenance-options.ts';
import { deviceOption } from './render-options.ts';

export interface DataOptions {
  data: string;
  databaseUrl?: string;
}

export interface WorkerCommandOptions extends ProvenanceOptions {
  storage?: string;
  device: Device;
  processes?: number;
  gpus?: string[];
  maxSeconds: number;
  maxPixels: number;
  drain: number;
  logLevel: string;
}

export const addDataOptions = (command: Command): Command =>
  command
    .option('--data <dir>', 'folder of database and pictures', join(userFolder(), 'renderer'))
    .addOption(
      new Option('--database-url <url>', 'a PostgreSQL server instead of the database in --data').env(
        'DATABASE_URL',
      ),
    );

export const addStorageOption = (command: Command): Command =>
  command.addOption(
    new Option(
      '--storage <dir|s3 url>',
      'where pictures lie: a folder, or s3://BUCKET?endpoint=URL&region=NAME (default: in --data)',
    ).env('LIMNER_STORAGE'),
  );

export const addWorkerOptions = (command: Command): Command =>
  addProvenanceOptions(addStorageOption(command))
    .addOption(deviceOption())
    .addOption(countOption('--processes <n>', 'jobs at once (default: what the machine can do)'))
    .addOption(
      new Option(
        '--gpus <list>',
        'CUDA cards by number or id, as 0,1 or those of nvidia-smi -L: a process each, or --processes spread over them',
      ).argParser(cards),
    )
    .addOption(countOption('--max-seconds <n>', 'longest time of a job').default(900))
    .addOption(countOption('--max-pixels <n>', 'largest picture taken').default(DEFAULT_MAX_PIXELS))
    .addOption(
      countOption('--drain <seconds>', 'how long running jobs may go on when it is to stop', 0).default(20),
    )
    .addOption(
      new Option('--log-level <level>', 'what is logged')
        .choices(['debug', 'info', 'warn', 'error', 'silent'])
        .default('info'),
    );

function cards(text: string): string[] {
  const names = text.split(',');
  if (names.every((name) => /^\w[\w/-]*$/.test(name))) return names;
  throw new LimnerError('USAGE', `Expected cards as 0,1 for --gpus but received ${JSON.stringify(text)}.`);
}

export interface MonitoringOptions {
  metricsHost: string;
  metricsPort?: number;
  traceUrl?: string;
}

export const addMonitoringOptions = (command: Command): Command =>
  command
    .addOption(countOption('--metrics-port <n>', 'serve /metrics here, too, without a token; 0 takes any', 0))
    .option('--metrics-host <address>', 'where that listens', '127.0.0.1')
    .addOption(
      new Option(
        '--trace-url <url>',
        'send traces to an OpenTelemetry collector by OTLP/HTTP, as http://localhost:4318',
      )
        .env('OTEL_EXPORTER_OTLP_ENDPOINT')
        .argParser(httpUrl),
    );

function httpUrl(text: string): string {
  if (URL.canParse(text) && /^https?:/.test(text)) return text;
  throw new LimnerError(
    'USAGE',
    `Expected an address with http or https for --trace-url but received ${text}.`,
  );
}

/** Null where nobody collects traces. */
export const tracesOf = ({ traceUrl }: MonitoringOptions, log: Logger): SendingTracer | null =>
  traceUrl === undefined ? null : sendTraces(traceUrl, (err) => log.warn({ err }, 'traces cannot be sent'));

/** Null where metrics have no address of their own. */
export const metricsAddress = ({ metricsHost, metricsPort }: MonitoringOptions): MetricsAddress | null =>
  metricsPort === undefined ? null : { host: metricsHost, port: metricsPort };

export const storageOf = ({ storage, data }: { storage?: string; data: string }): string =>
  storage ?? join(data, 'storage');

export const createLog = (level: string): Logger => pino({ level, base: { pid: process.pid } });

/** @throws DATA_IN_USE, DATABASE_UNAVAILABLE */
export const openData = (
  { data, databaseUrl }: DataOptions,
  onError: (error: Error) => void = () => undefined,
): Promise<Database> => openDatabase({ folder: data, url: databaseUrl, onError });

/** @throws USAGE, and what is wrong with the signing key, before any process is started */
export async function workerSettings(
  options: WorkerCommandOptions & { data: string },
): Promise<WorkerSettings> {
  const { processes, gpus, maxSeconds, maxPixels } = options;
  if (gpus && !['auto', 'cuda'].includes(options.device))
    throw new LimnerError('USAGE', `--gpus names cards for CUDA, but --device is ${options.device}.`);
  const device = gpus ? 'cuda' : options.device;
  const signer = signerOf(options);
  await openIdentity(signer);
  return {
    process: { storage: storageOf(options), device, signer, maxPixels },
    processes,
    gpus,
    maxSeconds,
  };
}

/** Milliseconds after draining by which everything else has ended, if it ends at all. */
const LAST_RESORT = 25_000;

/** Whatever hangs: so long after an interruption the process is gone. */
export function exitInTheEnd(signal: AbortSignal, drainSeconds: number): void {
  const start = () => setTimeout(() => process.exit(1), drainSeconds * 1000 + LAST_RESORT).unref();
  signal.addEventListener('abort', start, { once: true });
}

/** Fulfils when the user interrupts. */
export const interrupted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
