/** A renderer with one worker that signs what it makes and keeps a ledger. */
import { pino } from 'pino';
import { ownIdentity } from '../../../renderer/provenance/own-identity.ts';
import type { Database } from '../../../renderer/server/database/database.ts';
import { setToken } from '../../../renderer/server/jobs/tokens.ts';
import { type Renderer, startRenderer } from '../../../renderer/server/start-renderer.ts';
import { openNewDatabase } from './new-database.ts';

export const TOKEN = 'token-of-the-tests-of-the-ledger';

export async function startSigned(
  inFolder: (...names: string[]) => string,
  { needsConsent = false } = {},
): Promise<{ database: Database; renderer: Renderer }> {
  const database = await openNewDatabase(inFolder('data'));
  await setToken(database, 'tests', TOKEN);
  const storage = inFolder('storage');
  const renderer = await startRenderer({
    database,
    storage,
    host: '127.0.0.1',
    port: 0,
    webhookHosts: [],
    access: { hosts: [], origins: [], proxies: [], requestsPerMinute: 100_000 },
    limits: {
      maxBody: 2 ** 23,
      maxPixels: 4_000_000,
      maxEdge: 8000,
      maxQueue: 100,
      maxStreams: 10,
      retention: 3600,
      needsConsent,
    },
    log: pino({ level: 'silent' }),
    identity: await ownIdentity(),
    worker: {
      process: { storage, device: 'cpu', signer: 'user' },
      processes: 1,
      maxSeconds: 300,
    },
  });
  return { database, renderer };
}
