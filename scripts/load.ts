/**
 * `npm run load`: many small jobs through a renderer whose workers, server and database are killed and restarted meanwhile;
 * in the end everything is deleted.
 *
 *   npm run load -- --jobs 1000 --kills 5                  PGlite
 *   npm run load -- --jobs 1000 --kills 5 --postgres       a PostgreSQL server of its own
 *   npm run load -- --jobs 2000 --s3 --hangs 1              pictures in a bucket, which hangs for a while
 *   npm run load -- --measure                              how long listing, creating, cancelling and recovering take
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { seededRandom } from '../models/image/random.ts';
import { startBucket } from './load/bucket.ts';
import { Fleet } from './load/fleet.ts';
import { measureQueue, measureRecovery } from './load/measure.ts';
import { startPostgres } from './load/postgres.ts';
import { runLoad } from './load/run-load.ts';

const { values } = parseArgs({
  options: {
    jobs: { type: 'string', default: '1000' },
    kills: { type: 'string', default: '5' },
    'server-kills': { type: 'string' },
    restarts: { type: 'string', default: '2' },
    tenants: { type: 'string', default: '3' },
    hangs: { type: 'string', default: '1' },
    s3: { type: 'boolean', default: false },
    outages: { type: 'string', default: '1' },
    workers: { type: 'string', default: '2' },
    seed: { type: 'string', default: '1' },
    'database-url': { type: 'string' },
    postgres: { type: 'boolean', default: false },
    measure: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
const kills = Number(values.kills);
const data = await mkdtemp(join(tmpdir(), 'limner-load-'));
const postgres = values.postgres ? await startPostgres() : null;
const bucket = values.s3 ? await startBucket(join(data, 'bucket')) : null;
const fleetOptions = {
  data,
  env: bucket ? { ...bucket.env, LIMNER_STORAGE: bucket.location } : {},
  databaseUrl: postgres?.url ?? values['database-url'],
  workers: Number(values.workers),
};

async function load(): Promise<void> {
  const fleet = await Fleet.start(fleetOptions);
  try {
    const report = await runLoad(fleet, {
      jobs: Number(values.jobs),
      kills,
      serverKills:
        values['server-kills'] === undefined ? Math.floor(kills / 2) : Number(values['server-kills']),
      restarts: Number(values.restarts),
      outages: Number(values.outages),
      database: postgres,
      tenants: Number(values.tenants),
      hangs: Number(values.hangs),
      bucket,
      seed: Number(values.seed),
      onProgress: sayNowAndThen(Number(values.jobs)),
    });
    console.log(values.json ? JSON.stringify(report) : report);
    if (report.lost + report.duplicated + report.failed + report.undead + report.foreign > 0)
      process.exitCode = 1;
  } finally {
    await fleet.stop();
  }
}

/** On a terminal always, else at every twentieth of the jobs. */
function sayNowAndThen(jobs: number): (ended: number) => void {
  let said = 0;
  return (ended) => {
    if (process.stderr.isTTY) return void process.stderr.write(`\r${ended} jobs ended `);
    if (ended < said + jobs / 20) return;
    said = ended;
    console.error(`${new Date().toISOString()} ${ended} of ${jobs} jobs ended`);
  };
}

async function measure(): Promise<void> {
  const random = seededRandom(Number(values.seed));
  const idle = await Fleet.start({ ...fleetOptions, workers: 0 });
  const measured = await measureQueue(idle, random).finally(() => idle.stop());
  const busy = await Fleet.start({ ...fleetOptions, data: join(data, 'busy'), workers: 1 });
  measured.push(...(await measureRecovery(busy).finally(() => busy.stop())));
  if (values.json) console.log(JSON.stringify(measured));
  else console.table(measured);
}

try {
  await (values.measure ? measure() : load());
} finally {
  await postgres?.stop();
  await bucket?.stop();
  await rm(data, { recursive: true, force: true });
}
