import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { joconde, runLimner } from '../../run-limner.ts';
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
