/** An S3 server of its own (the npm package s3rver), behind a door that can be shut: then it takes connections and answers nothing. */
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import S3rver from 's3rver';
import { freePort } from './postgres.ts';

export interface Bucket {
  /** For `--storage`. */
  readonly location: string;
  /** For those that use it. */
  readonly env: Readonly<Record<string, string>>;
  hang(): void;
  resume(): void;
  stop(): Promise<void>;
}

/** The one key that s3rver knows. */
const KEY = 'S3RVER';

export async function startBucket(directory: string): Promise<Bucket> {
  const port = await freePort();
  const options = {
    directory,
    port,
    address: '127.0.0.1',
    silent: true,
    configureBuckets: [{ name: 'limner' }],
  };
  const server = new S3rver(options);
  await server.run();
  let isHanging = false;
  const sockets = new Set<Socket>();
  const door = createServer((outside) => {
    sockets.add(outside);
    outside.on('error', () => outside.destroy()).once('close', () => sockets.delete(outside));
    if (isHanging) return void outside.resume();
    const inside = connect(port, '127.0.0.1');
    inside.on('error', () => outside.destroy());
    outside.once('close', () => inside.destroy());
    // What is on its way when the door is shut is lost on both sides.
    outside.on('data', (data) => isHanging || inside.write(data));
    inside.on('data', (data) => isHanging || outside.write(data));
    inside.once('end', () => isHanging || outside.end());
  }).listen(0, '127.0.0.1');
  await once(door, 'listening');
  const { port: open } = door.address() as { port: number };
  return {
    location: `s3://limner?endpoint=http://127.0.0.1:${open}`,
    env: { AWS_ACCESS_KEY_ID: KEY, AWS_SECRET_ACCESS_KEY: KEY },
    hang() {
      isHanging = true;
    },
    resume() {
      isHanging = false;
      // Those who wait on them never get an answer: they begin anew.
      for (const socket of sockets) socket.destroy();
    },
    async stop() {
      for (const socket of sockets) socket.destroy();
      door.close();
      await server.close();
    },
  };
}
