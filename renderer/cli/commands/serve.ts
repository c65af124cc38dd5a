/** `limner serve`: the renderer service. */
import type { Command } from 'commander';
import { openIdentity } from '../../provenance/open-identity.ts';
import { firstToken, setToken } from '../../server/jobs/tokens.ts';
import { startRenderer } from '../../server/start-renderer.ts';
import { addConfigOption } from '../options/config-file.ts';
import { choiceOption, countOption } from '../options/option-values.ts';
import { signerOf } from '../options/provenance-options.ts';
import {
  addDataOptions,
  addMonitoringOptions,
  addWorkerOptions,
  createLog,
  type DataOptions,
  exitInTheEnd,
  interrupted,
  type MonitoringOptions,
  metricsAddress,
  openData,
  storageOf,
  tracesOf,
  type WorkerCommandOptions,
  workerSettings,
} from '../options/service-options.ts';
import type { Io } from '../terminal/io.ts';

const EXAMPLES = `
Examples:
  On this machine, for the Figma plugin and scripts:
    $ limner serve
  For a network, behind a proxy that speaks TLS:
    $ limner serve --host 0.0.0.0 --allow-host render.example.com --allow-origin https://example.com
  Over several machines, with workers elsewhere (see limner help worker):
    $ limner serve --database-url postgres://… --storage 's3://limner?region=eu-central-1' --no-worker
  The same from a file, with metrics where Prometheus alone reaches them:
    $ limner serve --config /etc/limner.json --metrics-port 9017

A config file has the options as JSON, without dashes and in camel case:
    { "host": "0.0.0.0", "allowHost": ["render.example.com"], "retention": 48, "worker": false }
The command line counts more than DATABASE_URL and LIMNER_STORAGE, these more than the file. LIMNER_TOKEN is never in it.

The token is shown once, on first start; limner token makes others. LIMNER_TOKEN sets one of your choice.
GET / is a page for people, GET /openapi.json describes the API. Logs are JSON lines on stdout, messages go to stderr.
Exit codes: 0 stopped, 2 wrong usage, 3 bad input, 4 database, storage, weights or a device failed, 1 anything else.`;

interface Options extends DataOptions, WorkerCommandOptions, MonitoringOptions {
  host: string;
  port: number;
  worker: boolean;
  allowHost: string[];
  allowOrigin: string[];
  allowWebhook: string[];
  trustProxy: string[];
  retention: number;
  consent: 'required' | 'optional';
  maxBody: number;
  maxEdge: number;
  maxQueue: number;
  rate: number;
}

/** @param exit called with the exit code */
export function addServeCommand(program: Command, io: Io, exit: (code: number) => void): void {
  const collect = (value: string, before: string[]) => [...before, value];
  const command = program
    .command('serve')
    .description('Run the renderer that the plugin, scripts and build machines talk to.')
    .option('--host <address>', 'where to listen', '127.0.0.1')
    .addOption(countOption('--port <n>', 'where to listen; 0 takes any that is free', 0).default(8017))
    .option('--no-worker', 'leave the work to limner worker')
    .option('--allow-host <name>', 'a name that the renderer is reached by; repeatable', collect, [])
    .option('--allow-origin <origin>', 'a web page that may use it; repeatable', collect, [])
    .option('--allow-webhook <host>', 'a private host that webhooks may go to; repeatable', collect, [])
    .option('--trust-proxy <address>', 'a proxy, or a range of them, in front; repeatable', collect, [])
    .addOption(countOption('--retention <hours>', 'how long pictures and results are kept').default(168))
    .addOption(
      choiceOption('--consent <when>', 'work on portraits only under a recorded consent', [
        'optional',
        'required',
      ]).default('optional'),
    )
    .addOption(countOption('--max-body <mb>', 'largest file taken').default(64))
    .addOption(countOption('--max-edge <px>', 'longest edge of a result').default(16_384))
    .addOption(countOption('--max-queue <n>', 'jobs of one token that wait or run').default(2000))
    .addOption(countOption('--rate <n>', 'requests a minute of one token').default(3000));
  addConfigOption(addMonitoringOptions(addWorkerOptions(addDataOptions(command))))
    .addHelpText('after', EXAMPLES)
    .action(async (options: Options) => {
      await serve(options, io);
      exit(0);
    });
}

async function serve(options: Options, io: Io): Promise<void> {
  const log = createLog(options.logLevel);
  exitInTheEnd(io.signal, options.drain);
  const worker = options.worker ? await workerSettings(options) : null;
  const tracer = tracesOf(options, log);
  const database = await openData(options, (error) => log.error({ err: error }, 'database'));
  try {
    await provideToken(database, io);
    const renderer = await startRenderer({
      database,
      storage: storageOf(options),
      worker,
      identity: await openIdentity(signerOf(options)),
      log,
      tracer,
      host: options.host,
      port: options.port,
      metrics: metricsAddress(options),
      webhookHosts: options.allowWebhook,
      access: {
        hosts: [options.host, ...options.allowHost],
        origins: options.allowOrigin,
        requestsPerMinute: options.rate,
        proxies: options.trustProxy,
      },
      limits: {
        needsConsent: options.consent === 'required',
        maxBody: options.maxBody * 2 ** 20,
        maxPixels: options.maxPixels,
        maxEdge: options.maxEdge,
        maxQueue: options.maxQueue,
        maxStreams: 100,
        retention: options.retention * 3600,
      },
    });
    const work = renderer.worker
      ? `${renderer.worker.processes} jobs at once on ${renderer.worker.device}`
      : 'no worker of its own';
    io.err(`limner: the renderer listens on ${renderer.url} (${work}).`);
    if (renderer.metricsUrl) io.err(`limner: metrics are at ${renderer.metricsUrl}.`);
    await interrupted(io.signal);
    await renderer.stop(options.drain);
  } finally {
    await tracer?.close();
    await database.close();
  }
}

async function provideToken(database: Parameters<typeof firstToken>[0], io: Io): Promise<void> {
  const chosen = process.env['LIMNER_TOKEN'];
  if (chosen) return setToken(database, 'environment', chosen);
  const token = await firstToken(database);
  if (token) io.err(`limner: your token, shown this once: ${token}`);
}
