/** A folder of portraits, and what `limner batch` makes of them, here and on a renderer. */
import { copyFile, mkdir, readdir, rm, stat } from 'node:fs/promises';
import sharp from 'sharp';
import { beforeAll, beforeEach, expect } from 'vitest';
import { plain } from '../../core/pictures/samples.ts';
import { astronaut, joconde, type Run, runLimner } from '../../run-limner.ts';
import { TOKEN, testRenderer } from '../../server/renderer.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

export const NAMES = ['a', 'b', 'c', 'd'];

/** One for all tests of a file; its portraits are as at first before each of them. */
export function teamBatch() {
  const inFolder = temporaryFolder();
  const renderer = testRenderer();
  const team = (name = '') => inFolder('team', name);
  const out = (name = '') => inFolder('out', name);
  beforeAll(async () => {
    await copyFile(joconde, inFolder('oil.jpg'));
    await mkdir(inFolder('faces'));
    // Small faces make quick tests; different frames make different pictures.
    for (const [i, name] of NAMES.entries())
      await sharp(astronaut)
        .extract({ left: 130 + i, top: i, width: 200, height: 240 })
        .toFile(inFolder('faces', `${name}.png`));
    await plain(200, 200, '#88aa99').png().toFile(inFolder('faceless.png'));
  });

  beforeEach(async () => {
    for (const folder of [team(), out()]) await rm(folder, { recursive: true, force: true });
    await mkdir(team());
    for (const name of NAMES) await copyFile(inFolder('faces', `${name}.png`), team(`${name}.png`));
  });

  const args = (...options: string[]) => [
    'batch',
    team(),
    '--style',
    inFolder('oil.jpg'),
    '--out',
    out(),
    '--quality',
    'draft',
    ...options,
  ];
  const batch = (...options: string[]) => runLimner(args('--device', 'cpu', ...options));
  const remote = () => ['--renderer', renderer.url, '--token', TOKEN];
  const results = async () => (await readdir(out())).filter((name) => !name.startsWith('.limner-batch'));
  const times = async () =>
    Object.fromEntries(
      await Promise.all((await results()).map(async (name) => [name, (await stat(out(name))).mtimeMs])),
    );

  async function expectWhole(): Promise<void> {
    expect(await results()).toEqual(NAMES.map((name) => `${name}.oil.png`));
    for (const name of await results()) {
      const { info } = await sharp(out(name)).raw().toBuffer({ resolveWithObject: true });
      expect(info).toMatchObject({ width: 200, height: 240 });
    }
  }

  return { inFolder, renderer, team, out, args, batch, remote, results, times, expectWhole };
}

export const lines = ({ out: text }: Run) => text.split('\n').map((line) => JSON.parse(line));
export const states = (run: Run) => lines(run).flatMap(({ state }) => (state ? [state] : []));
export const summary = (run: Run) => lines(run).at(-1).summary;
