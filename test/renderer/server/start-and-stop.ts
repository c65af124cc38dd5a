/** What a renderer does with either database when it is started and asked to stop. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { addressOf, type Started } from './renderer-command.ts';

/** @param serve starts one, with further options */
export function itStartsAndStops(serve: (...more: string[]) => Started): void {
  it('it exits when it is asked to, with nothing to do', async () => {
    const started = serve('--no-worker');
    // And nobody but this machine sees it.
    expect(await addressOf(started)).toMatch(/^http:\/\/127\.0\.0\.1:/);
    started.child.kill('SIGTERM');
    expect(await started.ended).toBe(0);
  });

  it('it exits while it starts', async () => {
    const started = serve('--no-worker');
    await once(started.child, 'spawn');
    started.child.kill('SIGTERM');
    expect(['SIGTERM', 0]).toContain(await started.ended);
  });

  it('a port that is taken is named, and nothing is left running', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const started = serve('--port', `${port}`);
    expect(await started.ended).toBe(4);
    expect(started.said()).toContain('[ADDRESS_IN_USE]');
    other.close();
  });
}
