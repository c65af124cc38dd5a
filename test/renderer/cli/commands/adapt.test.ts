import { readdir, readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { decodeStyle } from '../../../../models/style-file/index.ts';
import { astronaut, joconde, runLimner } from '../../run-limner.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

const inFolder = temporaryFolder();
const small = () => inFolder('small.png');
const adapt = (reference: string, ...options: string[]) =>
  runLimner(['adapt', reference, '--name', 'Small', '--device', 'cpu', '--json', ...options]);
const refused = (reference: string, out: string, ...options: string[]) =>
  adapt(reference, '--out', inFolder(out), ...options);

beforeAll(async () => {
  // The smallest that is taken: what is learnt from is as small as it can be.
  await sharp(joconde).resize(256).toFile(small());
});

it('limner adapt puts the style, with the settings chosen for it, into the folder of styles, where render finds it', async () => {
  const chosen = ['--shape', '1', '--tone', '0.2', '--quality', 'best'];
  const styles = ['--styles', inFolder('styles')];
  expect((await adapt(small(), ...styles, '--budget', '1', ...chosen)).code).toBe(0);
  expect(await readdir(inFolder('styles'))).toEqual(['Small.limner']);
  const { manifest } = decodeStyle(await readFile(inFolder('styles', 'Small.limner')));
  expect(manifest.settings).toEqual({
    likeness: 0.5,
    tone: 0.2,
    shape: 1,
    strokes: 1,
    proportions: 'auto',
    exaggerate: 0,
    strength: 1,
    background: 'style',
    referenceFace: 0,
    quality: 'best',
  });
  const jane = inFolder('jane.png');
  await sharp(astronaut).extract({ left: 130, top: 0, width: 240, height: 280 }).toFile(jane);
  const rendered = await runLimner([
    'render',
    jane,
    ...styles,
    '--style',
    'Small',
    '--quality',
    'draft',
    '--out',
    inFolder('out.png'),
  ]);
  expect(rendered).toMatchObject({ code: 0, err: '' });
  expect(await sharp(inFolder('out.png')).metadata()).toMatchObject({ width: 240, height: 280 });
});

describe('limner adapt refuses', () => {
  it.each([
    ['--budget', 'soon', 'Expected seconds such as 60s'],
    ['--budget', '0', 'Expected seconds such as 60s'],
    ['--seed', '-1', 'Expected a whole number'],
    ['--preview', 'sheet.bmp', 'Expected a name ending in'],
  ])('%s %s', async (flag, value, message) => {
    const { code, err } = await refused(small(), 'no.limner', flag, value);
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining(message) });
  });

  it('a name that is not one of a style file, and a reference under 256 px', async () => {
    expect((await refused(small(), 'style.zip')).err).toContain('USAGE');
    await sharp(joconde).resize(200).toFile(inFolder('tiny.png'));
    expect((await refused(inFolder('tiny.png'), 'tiny.limner')).err).toContain('PICTURE_TOO_SMALL');
  });
});
