/** `limner serve --config`: what counts, what is refused, and that no option is forgotten. */
import { writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { main } from '../../../../renderer/cli/main.ts';
import { configSchema } from '../../../../renderer/cli/options/config-file.ts';
import { runLimner } from '../../run-limner.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

const inFolder = temporaryFolder();
const serve = (...args: string[]) => runLimner(['serve', ...args]);

async function config(content: unknown): Promise<string> {
  const path = inFolder('config.json');
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

/** Names of options without dashes, in camel case; of --no-X it is X. */
async function optionsOf(command: string): Promise<string[]> {
  const { out } = await runLimner(['help', command]);
  const names = out.split('\nExamples:')[0].match(/^ {2}(?:-\w, )?--[a-z-]+/gm) ?? [];
  return names
    .map((name) => name.trim().replace(/^(-\w, )?--(no-)?/, ''))
    .filter((name) => name !== 'help' && name !== 'config')
    .map((name) => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase()));
}

describe('a config file', () => {
  it('takes every option of serve and worker, and nothing else', async () => {
    const options = new Set([...(await optionsOf('serve')), ...(await optionsOf('worker'))]);
    expect(Object.keys(configSchema.shape).toSorted()).toEqual([...options].toSorted());
  });

  it.each([
    ['{ "port": 8017, }', ['no JSON']],
    ['[]', ['expected object']],
    [
      { prot: 1, port: 'http', allowHost: 'a', consent: 'maybe' },
      ['prot', 'port:', 'allowHost:', 'consent:'],
    ],
    [{ port: 70_000, rate: 0 }, ['port:', 'rate:']],
  ])('%j is refused, with all that is wrong', async (content, named) => {
    const { code, err } = await serve('--config', await config(content));
    expect(code).toBe(2);
    expect(err).toContain('[CONFIG_INVALID]');
    for (const name of named) expect(err).toContain(name);
  });

  it('that is not there is named', async () => {
    const { code, err } = await serve('--config', inFolder('none.json'));
    expect([code, err]).toEqual([3, expect.stringContaining('none.json')]);
  });

  it('is what the renderer runs with, where the command line does not say otherwise; metrics have a port of their own', async () => {
    const path = await config({
      host: '192.0.2.1',
      port: 0,
      metricsPort: 0,
      worker: false,
      logLevel: 'silent',
      data: inFolder('data'),
      provenance: false,
      rate: 7,
    });
    const stop = new AbortController();
    const said: string[] = [];
    const io = { out: () => undefined, err: (line: string) => said.push(line), isTerminal: false };
    const ended = main(['serve', '--config', path, '--host', '127.0.0.1'], { ...io, signal: stop.signal });
    try {
      const addressIn = (pattern: RegExp) => pattern.exec(said.join('\n'))?.[1];
      await expect.poll(() => addressIn(/metrics are at (\S+)\.$/m)).toBeDefined();
      const url = addressIn(/listens on (http:\/\/127\.0\.0\.1:\d+)/);
      expect(said.join('\n')).toContain('no worker of its own');
      const metrics = addressIn(/metrics are at (\S+)\.$/m)!;
      const text = await (await fetch(metrics)).text();
      expect(text).toContain('limner_queue_work_seconds 0');
      expect((await fetch(metrics.replace('/metrics', '/v1/jobs'))).status).toBe(404);
      expect((await fetch(`${url}/metrics`)).status).toBe(401);
      const statuses: number[] = [];
      for (let i = 0; i < 8; i++) statuses.push((await fetch(`${url}/`)).status);
      expect(statuses.at(-1)).toBe(429);
    } finally {
      stop.abort();
      expect(await ended).toBe(0);
    }
  }, 120_000);
});
