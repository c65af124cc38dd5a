/** What goes wrong meanwhile, in an order of chance. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Bucket } from './bucket.ts';
import type { Fleet } from './fleet.ts';
import type { PostgresServer } from './postgres.ts';

export interface MishapOptions {
  /** Workers killed. */
  readonly kills: number;
  readonly serverKills: number;
  /** Orderly restarts of the server. */
  readonly restarts: number;
  /** Outages of the database, of some seconds. */
  readonly outages: number;
  readonly database: Pick<PostgresServer, 'pause' | 'resume'> | null;
  /** Times that the bucket takes connections and answers nothing. */
  readonly hangs: number;
  readonly bucket: Pick<Bucket, 'hang' | 'resume'> | null;
}

export type Mishap = 'worker' | 'server' | 'restart' | 'outage' | 'hang';

/** Milliseconds that a bucket hangs: longer than whoever uses it waits. */
const HANGING = 12_000;

/** @returns how often what happened */
export async function haveMishaps(
  fleet: Fleet,
  { kills, serverKills, restarts, outages, database, hangs, bucket }: MishapOptions,
  random: () => number,
): Promise<Record<Mishap, number>> {
  const happen: Record<Mishap, () => Promise<unknown>> = {
    worker: () => fleet.killWorker(random),
    async server() {
      await fleet.killServer();
      await pause(random() * 1000);
      await fleet.startServer();
    },
    async restart() {
      await fleet.stopServer();
      await fleet.startServer();
    },
    async outage() {
      await database?.pause();
      await pause(random() * 5000);
      await database?.resume();
    },
    async hang() {
      bucket?.hang();
      await pause(HANGING);
      bucket?.resume();
    },
  };
  const counts: Record<Mishap, number> = {
    worker: kills,
    server: serverKills,
    restart: restarts,
    outage: database ? outages : 0,
    hang: bucket ? hangs : 0,
  };
  const order = Object.entries(counts).flatMap(([kind, count]) => Array<Mishap>(count).fill(kind as Mishap));
  for (const kind of shuffle(order, random)) {
    await pause(1000 + random() * 4000);
    await happen[kind]();
  }
  return counts;
}

function shuffle<T>(values: readonly T[], random: () => number): T[] {
  return values
    .map((value) => [random(), value] as const)
    .sort(([a], [b]) => a - b)
    .map(([, value]) => value);
}
