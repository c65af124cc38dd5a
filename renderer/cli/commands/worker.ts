/** `limner worker`: more hands for a renderer on other machines. */
import type { Command } from 'commander';
import { LimnerError } from '../../../models/errors.ts';
import { watchJobs } from '../../server/jobs/job-watch.ts';
import { createQueues } from '../../server/jobs/queue.ts';
import { createWorkerMetrics } from '../../server/metrics/metrics.ts';
import { serveMetrics } from '../../server/metrics/serve-metrics.ts';
import { reportTo } from '../../server/start-renderer.ts';
import { openStorage } from '../../server/storage/storage.ts';
import { startWorker } from '../../server/worker/worker.ts';
import { addConfigOption } from '../options/config-file.ts';
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
  A worker that shares database and storage with limner serve on another machine:
    $ limner worker --database-url postgres://… --storage 's3://limner?region=eu-central-1'
  One with four cards for CUDA, a process each:
    $ limner worker --database-url postgres://… --storage s3://… --gpus 0,1,2,3

--config takes the file of limner serve, too: keys that a worker has no option for are not read.
A worker that is killed loses nothing: its jobs run again elsewhere, after some ten seconds.
Exit codes: 0 stopped, 2 wrong usage, 3 bad input, 4 database, storage, weights or a device failed, 1 anything else.`;

type Options = DataOptions & WorkerCommandOptions & MonitoringOptions;

/** @param exit called with the exit code */
export function addWorkerCommand(program: Command, io: Io, exit: (code: number) => void): void {
  const command = program.command('worker').description('Work on jobs of a renderer that runs elsewhere.');
  addConfigOption(addMonitoringOptions(addWorkerOptions(addDataOptions(command))))
    .addHelpText('after', EXAMPLES)
    .action(async (options: Options) => {
      await work(options, io);
      exit(0);
    });
}

async function work(options: Options, io: Io): Promise<void> {
  if (!options.databaseUrl)
    throw new LimnerError(
      'USAGE',
      'Expected --database-url: the database in a folder serves one process alone.',
    );
  const log = createLog(options.logLevel);
  exitInTheEnd(io.signal, options.drain);
  const settings = await workerSettings(options);
  const tracer = tracesOf(options, log);
  const database = await openData(options, (error) => log.error({ err: error }, 'database'));
  try {
    const storage = openStorage(storageOf(options));
    await storage.check();
    await createQueues(database);
    const watch = await watchJobs(database);
    const metrics = createWorkerMetrics();
    const onEvent = reportTo(log, metrics.count);
    const worker = await startWorker({ ...settings, database, storage, watch, tracer, onEvent });
    io.err(`limner: working on ${worker.info.processes} jobs at once on ${worker.info.device}.`);
    const address = metricsAddress(options);
    const served = address && (await serveMetrics(metrics, address));
    if (served) io.err(`limner: metrics are at ${served.url}.`);
    await interrupted(io.signal);
    await worker.stop(options.drain);
    served?.close();
  } finally {
    await tracer?.close();
    await database.close();
  }
}
