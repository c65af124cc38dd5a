/** Keeps a second process out of a data folder: PGlite does not, and two would destroy the database. */
import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { LimnerError } from '../../../models/errors.ts';

/** Longest path of a socket on the systems we know. */
const LONGEST_PATH = 100;

/**
 * The lock is a socket that this process listens on: unlike a file with a process id in it, it ends with the process,
 * however that ends. @returns what gives the lock back
 * @throws DATA_IN_USE
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const path = socketPath(resolve(folder));
  const server = (await listen(path)) ?? (await takeOver(path));
  if (!server) throw new LimnerError('DATA_IN_USE', `Another renderer has the folder ${folder} open.`);
  server.unref();
  return () => new Promise((done) => server.close(() => done()));
}

function socketPath(folder: string): string {
  const name = `limner-${createHash('sha256').update(folder).digest('hex').slice(0, 16)}`;
  if (process.platform === 'win32') return `\\\\.\\pipe\\${name}`;
  const inside = join(folder, 'lock');
  return inside.length < LONGEST_PATH ? inside : join(tmpdir(), name);
}

/** Null when the address is taken. */
function listen(path: string): Promise<Server | null> {
  return new Promise((done, fail) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? done(null) : fail(error),
    );
    server.listen(path, () => done(server));
  });
}

/** A socket that nobody answers on was left by a process that was killed. */
async function takeOver(path: string): Promise<Server | null> {
  const isAnswered = await new Promise<boolean>((done) => {
    const socket = connect(path);
    socket.once('connect', () => done(true)).once('error', () => done(false));
    socket.once('connect', () => socket.destroy());
  });
  if (isAnswered) return null;
  await rm(path, { force: true });
  return listen(path);
}
