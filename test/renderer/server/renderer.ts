/** A renderer within the process of the tests: real database, storage, render processes and HTTP. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { pino } from 'pino';
import sharp from 'sharp';
import { afterAll, beforeAll } from 'vitest';
import { createRendererClient, type RendererClient } from '../../../protocol/renderer-api/client/index.ts';
import type { Database } from '../../../renderer/server/database/database.ts';
import { setToken } from '../../../renderer/server/jobs/tokens.ts';
import {
  type Renderer,
  type RendererOptions,
  startRenderer,
} from '../../../renderer/server/start-renderer.ts';
import { astronaut, joconde } from '../run-limner.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { openTestDatabase } from './test-database.ts';

export const TOKEN = 'token-of-the-tests-of-the-service';

export interface TestRenderer {
  readonly url: string;
  readonly client: RendererClient;
  readonly database: Database;
  readonly folder: (...names: string[]) => string;
  /** What was logged, line by line. */
  readonly logged: string[];
  /** A request with the token. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
}

export interface TestOptions {
  readonly limits?: Partial<RendererOptions['limits']>;
  readonly access?: Partial<RendererOptions['access']>;
  readonly webhookHosts?: readonly string[];
  readonly maxSeconds?: number;
  /** Without one, jobs stay queued. */
  readonly worker?: boolean;
  /** Asked for once there is anything before the tests. */
  readonly tracer?: () => RendererOptions['tracer'];
}

export const LIMITS: RendererOptions['limits'] = {
  maxBody: 8 * 2 ** 20,
  maxPixels: 4_000_000,
  maxEdge: 8000,
  maxQueue: 2000,
  maxStreams: 100,
  retention: 3600,
};

/** One for all tests of a file. The object is filled before the first of them. */
export function testRenderer(options: TestOptions = {}): TestRenderer {
  const folder = temporaryFolder();
  const logged: string[] = [];
  const made = { folder, logged } as unknown as { -readonly [Key in keyof TestRenderer]: TestRenderer[Key] };
  let renderer: Renderer;
  beforeAll(async () => {
    made.database = await openTestDatabase(folder('data'));
    await setToken(made.database, 'tests', TOKEN);
    renderer = await startRenderer({
      database: made.database,
      storage: folder('data', 'storage'),
      host: '127.0.0.1',
      port: 0,
      webhookHosts: options.webhookHosts ?? [],
      tracer: options.tracer?.(),
      access: { hosts: [], origins: [], proxies: [], requestsPerMinute: 100_000, ...options.access },
      limits: { ...LIMITS, ...options.limits },
      log: pino({ level: 'debug' }, { write: (line) => logged.push(line) }),
      worker:
        options.worker === false
          ? null
          : {
              process: {
                storage: folder('data', 'storage'),
                device: 'cpu',
                signer: 'nobody',
              },
              processes: 1,
              maxSeconds: options.maxSeconds ?? 300,
            },
    });
    made.url = renderer.url;
    made.client = createRendererClient({ baseUrl: renderer.url, token: TOKEN, deadline: 60_000 });
    made.fetch = (path, init = {}) =>
      fetch(`${renderer.url}${path}`, {
        ...init,
        headers: { authorization: `Bearer ${TOKEN}`, ...(init.headers as Record<string, string>) },
      });
  }, 180_000);
  afterAll(async () => {
    await renderer?.stop();
    await made.database?.close();
  }, 60_000);
  return made;
}

export const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
/** Her head, 240×280: a small face makes quick tests. */
export const portraitBytes = (): Promise<Buffer> =>
  sharp(astronaut).extract({ left: 130, top: 0, width: 240, height: 280 }).png().toBuffer();
export const referenceBytes = (): Promise<Uint8Array> => readFile(joconde);
