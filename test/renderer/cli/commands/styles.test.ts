import { readFile, stat, writeFile } from 'node:fs/promises';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { decodeStyle, encodeStyle } from '../../../../models/style-file/index.ts';
import { manifest, plainStyle } from '../../../models/style-file/samples.ts';
import { astronaut, joconde, runLimner } from '../../run-limner.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

const inFolder = temporaryFolder();
const styles = (verb: string, ...args: string[]) =>
  runLimner(['styles', verb, ...args, '--styles', inFolder('styles'), '--json']);

beforeAll(async () => {
  const style = { ...plainStyle, reference: new Uint8Array(await readFile(joconde)) };
  await writeFile(inFolder('joconde.limner'), encodeStyle(style));
  await sharp(astronaut).extract({ left: 130, top: 0, width: 240, height: 280 }).toFile(inFolder('a.png'));
});

describe('limner styles', () => {
  it('import, list, show, export, remove', async () => {
    expect(JSON.parse((await styles('list')).out).styles).toEqual([]);
    expect((await styles('import', inFolder('joconde.limner'))).code).toBe(0);
    expect(JSON.parse((await styles('list')).out).styles).toEqual(['joconde']);
    expect(JSON.parse((await styles('show', 'joconde')).out)).toMatchObject({
      name: manifest.name,
      settings: manifest.settings,
    });
    expect((await styles('export', 'joconde', '--out', inFolder('copy.limner'))).code).toBe(0);
    expect(await readFile(inFolder('copy.limner'))).toEqual(await readFile(inFolder('joconde.limner')));
    expect((await styles('remove', 'joconde')).code).toBe(0);
    expect(JSON.parse((await styles('list')).out).styles).toEqual([]);
  });

  it('import keeps what is there and refuses what is no style', async () => {
    await styles('import', inFolder('joconde.limner'), '--name', 'kept');
    expect((await styles('import', inFolder('joconde.limner'), '--name', 'kept')).err).toContain(
      'STYLE_EXISTS',
    );
    expect((await styles('import', astronaut)).err).toContain('STYLE_DAMAGED');
    expect(JSON.parse((await styles('list')).out).styles).toEqual(['kept']);
  });

  it.each(['../escape', '.hidden', 'a/b', ''])('a style cannot be called %j', async (name) => {
    const { code, err } = await styles('import', inFolder('joconde.limner'), '--name', name);
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('USAGE') });
  });

  it('one that is not there: NOT_FOUND', async () => {
    for (const verb of ['show', 'remove']) expect((await styles(verb, 'nobody')).err).toContain('NOT_FOUND');
  });

  it('says in words what show says in JSON', async () => {
    await styles('import', inFolder('joconde.limner'), '--name', 'words');
    const { out } = await runLimner(['styles', 'show', 'words', '--styles', inFolder('styles')]);
    expect(out).toContain('likeness 0.7');
  });
});

describe('limner styles correct', () => {
  const lids = ['leftEyeUpperLid=0,-0.06', 'rightEyeUpperLid=0.01,-0.06'];
  const style = () => inFolder('corrected.limner');
  const corrected = async () => decodeStyle(await readFile(style())).manifest.corrections;

  it('makes a style of a picture with handles moved, and moves, shows and forgets them in it', async () => {
    const made = await styles('correct', joconde, '--handle', ...lids, '--out', style());
    expect(made).toMatchObject({ code: 0, err: '' });
    const wanted = { leftEyeUpperLid: [0, -0.06], rightEyeUpperLid: [0.01, -0.06] };
    expect(await corrected()).toEqual(wanted);
    await styles('correct', style(), '--handle', 'chin=0,0.1');
    expect(await corrected()).toEqual({ ...wanted, chin: [0, 0.1] });
    const before = await readFile(style());
    const shown = await styles('correct', style(), '--picture', inFolder('handles.png'));
    expect(JSON.parse(shown.out).corrections).toEqual({ ...wanted, chin: [0, 0.1] });
    expect(await readFile(style())).toEqual(before);
    const { width, height } = await sharp(inFolder('handles.png')).metadata();
    expect({ width, height }).toEqual({ width: 320, height: 497 });
    await styles('correct', style(), '--reset');
    expect(await corrected()).toEqual({});
  });

  it('makes a style of another face of the reference, which has the handles', async () => {
    const group = inFolder('group.png');
    const panel = (path: string, width: number) => sharp(path).resize({ width }).png().toBuffer();
    const panels = [
      { input: await panel(joconde, 160), left: 0, top: 0 },
      { input: await panel(astronaut, 240), left: 170, top: 0 },
    ];
    await sharp({ create: { width: 420, height: 260, channels: 3, background: '#888' } })
      .composite(panels)
      .toFile(group);
    const file = inFolder('styles/group.limner');
    const correctGroup = (...args: string[]) => styles('correct', ...args);
    const seen = await correctGroup(group, '--reference-face', '1');
    expect(JSON.parse(seen.out).reference).toEqual({ number: 1, count: 2 });
    const made = await correctGroup(group, '--reference-face', '1', '--handle', 'chin=0,0.1', '--out', file);
    expect(made).toMatchObject({ code: 0, err: '' });
    const shown = await styles('show', 'group');
    const kept = { corrections: { chin: [0, 0.1] }, correctedFace: 1, settings: { referenceFace: 1 } };
    expect(JSON.parse(shown.out)).toMatchObject({ face: true, ...kept });
    const words = await runLimner(['styles', 'show', 'group', '--styles', inFolder('styles')]);
    expect(words.out).toContain('face 1, counted from the left: chin 0, 0.1');
    // The style's own face is the one that is shown and moved next.
    await correctGroup(file, '--handle', 'jawLeft=0.1,0');
    expect(decodeStyle(await readFile(file)).manifest.corrections).toEqual({
      chin: [0, 0.1],
      jawLeft: [0.1, 0],
    });
    const other = await correctGroup(file, '--reference-face', '2', '--handle', 'chin=0,0.2');
    expect(other.err).toContain('face that was corrected before are forgotten');
    const { corrections, correctedFace, settings } = decodeStyle(await readFile(file)).manifest;
    expect({ corrections, correctedFace, used: settings.referenceFace }).toEqual({
      corrections: { chin: [0, 0.2] },
      correctedFace: 2,
      used: 2,
    });
    const before = await readFile(file);
    const { code, err } = await correctGroup(file, '--reference-face', '3', '--handle', 'chin=0,0.1');
    expect({ code, error: JSON.parse(err).error }).toMatchObject({
      code: 3,
      error: { code: 'NO_SUCH_FACE', message: expect.stringContaining('2 faces'), hint: expect.any(String) },
    });
    expect(await readFile(file)).toEqual(before);
  });

  it.each([['nose=0,1'], ['chin=0'], ['chin=0,1.5'], ['chin=0,,0'], ['chin']])(
    'refuses %s',
    async (handle) => {
      const { code, err } = await styles('correct', joconde, '--handle', handle, '--out', style());
      expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('leftEyeUpperLid=0,-0.06') });
    },
  );

  it('refuses to keep handles in a picture, and a picture without a face', async () => {
    expect((await styles('correct', joconde, '--handle', lids[0])).err).toContain('a picture cannot keep');
    const flat = sharp({ create: { width: 200, height: 200, channels: 3, background: '#7a7' } });
    await flat.toFile(inFolder('flat.png'));
    expect((await styles('correct', inFolder('flat.png'))).err).toContain('NO_FACE_IN_STYLE');
  });
});

describe('limner render --style with a style file', () => {
  const render = (style: string, ...options: string[]) => {
    const output = ['--out', inFolder('result.png'), '--styles', inFolder('styles')];
    return runLimner(['render', inFolder('a.png'), '--style', style, ...output, ...options]);
  };
  const pixels = () => sharp(inFolder('result.png')).raw().toBuffer();

  it('renders as its reference does with its settings; options on the command line win', async () => {
    expect((await render(joconde, '--likeness', '0.7')).code).toBe(0);
    const expected = await pixels();
    expect(await render(inFolder('joconde.limner'))).toMatchObject({ code: 0, err: '' });
    expect((await pixels()).equals(expected)).toBe(true);
    expect((await render(inFolder('joconde.limner'), '--likeness', '0')).code).toBe(0);
    expect((await pixels()).equals(expected)).toBe(false);
  });

  it('finds a style of the folder by its name', async () => {
    await styles('import', inFolder('joconde.limner'), '--name', 'by name');
    expect((await render('by name')).code).toBe(0);
  });

  it('a damaged one is an error and writes nothing', async () => {
    const half = (await readFile(inFolder('joconde.limner'))).subarray(0, 9000);
    await writeFile(inFolder('half.limner'), half);
    const { code, err } = await runLimner([
      'render',
      inFolder('a.png'),
      '--style',
      inFolder('half.limner'),
      '--out',
      inFolder('none.png'),
    ]);
    expect({ code, err }).toEqual({ code: 3, err: expect.stringContaining('STYLE_DAMAGED') });
    await expect(stat(inFolder('none.png'))).rejects.toThrow();
  });
});
