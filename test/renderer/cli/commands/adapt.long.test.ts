import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { adaptedModel, adaptedSize, parametersToAdapt } from '../../../../models/adapt/network.ts';
import { loadWeights } from '../../../../models/runtime/index.ts';
import { decodeStyle, encodeStyle } from '../../../../models/style-file/index.ts';
import { astronaut, joconde, runLimner, spawnLimner } from '../../run-limner.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

const inFolder = temporaryFolder();
const small = () => inFolder('small.png');
const adapt = (reference: string, out: string, ...options: string[]) =>
  runLimner([
    'adapt',
    reference,
    '--name',
    'Small',
    '--out',
    inFolder(out),
    '--device',
    'cpu',
    '--json',
    ...options,
  ]);

const render = (style: string, out: string, ...options: string[]) =>
  runLimner(['render', inFolder('jane.png'), '--style', inFolder(style), '--out', inFolder(out), ...options]);
const evaluate = (style: string) =>
  runLimner(['evaluate', 'adapt', inFolder(style), '--device', 'cpu', '--json']);

interface Progress {
  readonly share: number;
  readonly step?: number;
}
/** What stderr tells besides warnings. */
const progressOf = (err: string): Progress[] =>
  err.split('\n').flatMap((line) => (line.includes('"progress"') ? [JSON.parse(line).progress] : []));

beforeAll(async () => {
  await sharp(joconde).resize(300).toFile(small());
  await sharp(astronaut).extract({ left: 130, top: 0, width: 240, height: 280 }).toFile(inFolder('jane.png'));
  const noise = { type: 'gaussian' as const, mean: 128, sigma: 40 };
  await sharp({ create: { width: 300, height: 256, channels: 3, background: '#888', noise } })
    .png()
    .toFile(inFolder('faceless.png'));
});

describe('limner adapt', () => {
  it('puts the style, with the settings chosen for it, into the folder of styles, where render finds it', async () => {
    const chosen = ['--shape', '1', '--tone', '0.2', '--quality', 'best'];
    const styles = ['--styles', inFolder('styles')];
    expect(
      (
        await runLimner([
          ...['adapt', small(), '--name', 'Small', '--json', '--budget', '1'],
          ...styles,
          ...chosen,
        ])
      ).code,
    ).toBe(0);
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
    const rendered = await runLimner([
      'render',
      inFolder('jane.png'),
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

  it('makes a style file that renders and recognises, without a network that is worse; the same seed makes the same bytes', async () => {
    const preview = ['--preview', inFolder('a.png')];
    const { code, out, err } = await adapt(small(), 'a.limner', '--budget', '3', ...preview);
    expect(code).toBe(0);
    const report = JSON.parse(out);
    const bytes = await readFile(inFolder('a.limner'));
    expect(report).toMatchObject({ output: inFolder('a.limner'), bytes: bytes.length, steps: 3 });
    expect(Object.keys(report.heldOut).sort()).toEqual(
      ['psnrAdapted', 'psnrBase', 'spectrumAdapted', 'spectrumBase', 'textureAdapted', 'textureBase'].sort(),
    );
    expect(report.heldOut.psnrBase).toBeGreaterThan(20);
    // Three steps are too few.
    expect(report.adapted).toBe(false);
    expect(report.heldOut.textureAdapted).toBe(report.heldOut.textureBase);
    expect(err).toContain('full renders in this style use the shipped one');
    expect(report.classifier.threshold).toBeGreaterThanOrEqual(0.5);
    const shares = progressOf(err).map(({ share }) => share);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(progressOf(err).filter(({ step }) => step)).toHaveLength(3);
    expect(decodeStyle(new Uint8Array(bytes)).manifest.name).toBe('Small');
    expect((await sharp(inFolder('a.png')).metadata()).width).toBeGreaterThan(600);

    expect((await adapt(small(), 'b.limner', '--budget', '3')).code).toBe(0);
    expect((await readFile(inFolder('b.limner'))).equals(bytes)).toBe(true);

    const full = ['--mode', 'full', '--scale', '2', '--json'];
    const rendered = await render('a.limner', 'jane.x.png', ...full);
    expect({ code: rendered.code, err: rendered.err }).toEqual({ code: 0, err: '' });
    expect(JSON.parse(rendered.out).weights).toBe('srgan');

    const inspect = async (path: string) => {
      const result = await runLimner(['inspect', path, '--style', inFolder('a.limner'), '--json']);
      return JSON.parse(result.out).style;
    };
    expect(await inspect(inFolder('jane.png'))).toMatchObject({ name: 'Small', made: false });
    expect((await inspect(inFolder('jane.x.png'))).probability).toBeGreaterThan(
      (await inspect(inFolder('jane.png'))).probability,
    );
  });

  it('evaluate adapt says where no network was kept', async () => {
    const { code, out, err } = await evaluate('a.limner');
    expect({ code, out, err }).toEqual({ code: 0, out: '', err: expect.stringContaining('no network') });
    const { manifest, weights } = decodeStyle(new Uint8Array(await readFile(inFolder('a.limner'))));
    const used = manifest.adaptation?.networks['srgan']?.used;
    expect({ weights, used }).toEqual({ weights: {}, used: false });
  });

  it('a style with a network renders with it, and evaluate adapt compares it with the shipped one', async () => {
    const { manifest, ...style } = decodeStyle(new Uint8Array(await readFile(inFolder('a.limner'))));
    const { networks, ...adaptation } = manifest.adaptation!;
    const kept = { ...networks, srgan: { ...networks['srgan']!, used: true } };
    const parameters = parametersToAdapt(await loadWeights('srgan'), 'srgan', 1);
    const own = {
      ...style,
      manifest: { ...manifest, adaptation: { ...adaptation, networks: kept } },
      weights: { srgan: adaptedModel(parameters, adaptedSize('srgan')) },
    };
    await writeFile(inFolder('own.limner'), new Uint8Array(encodeStyle(own)));
    const rendered = await render('own.limner', 'own.png', '--mode', 'full', '--scale', '2', '--json');
    expect(JSON.parse(rendered.out).weights).toBe('srgan, adapted to Small');
    const { style: name, samples, renders } = JSON.parse((await evaluate('own.limner')).out);
    expect({ name, renders }).toEqual({ name: 'Small', renders: null });
    // It is the shipped one in the form of an adapted one, rounded.
    expect(samples.adapted.psnr).toBeCloseTo(samples.shipped.psnr, 1);
  });

  it('learns the texture of a reference without a face, with a warning, unless one is required', async () => {
    const { code, err } = await adapt(inFolder('faceless.png'), 'faceless.limner', '--budget', '1');
    expect(code).toBe(0);
    expect(err).toContain('No face was found');
    const { manifest } = decodeStyle(new Uint8Array(await readFile(inFolder('faceless.limner'))));
    expect({ landmarks: manifest.landmarks, warned: manifest.warnings.length > 0 }).toEqual({
      landmarks: null,
      warned: true,
    });
    expect((await render('faceless.limner', 'texture.png')).code).toBe(0);

    const required = await adapt(inFolder('faceless.png'), 'none.limner', '--budget', '1', '--require-face');
    expect({ code: required.code, err: required.err }).toEqual({
      code: 3,
      err: expect.stringContaining('NO_FACE_IN_STYLE'),
    });
    await expect(stat(inFolder('none.limner'))).rejects.toThrow();
  });
});

describe('limner adapt interrupted', () => {
  it('ends within a step with 130 and writes nothing', async () => {
    const out = inFolder('cancelled.limner');
    const args = ['adapt', small(), '--name', 'x', '--out', out, '--budget', '100000', '--json'];
    const { code, err } = await spawnLimner(args, (child) => {
      child.stderr!.on('data', (chunk) => String(chunk).includes('"step":2') && child.kill('SIGINT'));
    });
    expect(code).toBe(130);
    expect(err).toContain('CANCELLED');
    const steps = [...err.matchAll(/"step":(\d+)/g)].map(([, step]) => Number(step));
    expect(Math.max(...steps)).toBeLessThan(6);
    await expect(stat(out)).rejects.toThrow();
  });

  it('killed at any moment leaves the earlier style whole, or the new one', async () => {
    const out = inFolder('a.limner');
    const before = await readFile(out);
    const args = ['adapt', small(), '--name', 'x', '--out', out, '--budget', '2', '--json'];
    for (const moment of ['"stage":"sample"', '"step":1', '"share":1}']) {
      await spawnLimner(args, (child) => {
        child.stderr!.on('data', async (chunk) => {
          if (!String(chunk).includes(moment)) return;
          if (moment.includes('share')) await setTimeout(Math.random() * 200);
          child.kill('SIGKILL');
        });
      });
      const after = await readFile(out);
      if (!after.equals(before)) expect(decodeStyle(new Uint8Array(after)).manifest.name).toBe('x');
    }
  });
});
