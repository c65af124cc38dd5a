import { readFile, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { astronaut, joconde, runLimner } from '../run-limner.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const inFolder = temporaryFolder();

const render = (...options: string[]) => runLimner(['render', astronaut, '--style', joconde, ...options]);

describe('wrong usage', () => {
  it('a name that begins with a dash: says how to write it', async () => {
    const { code, err } = await runLimner(['render', '-jane.jpg', '--style', joconde]);
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('Put -- before names') });
  });

  it.each([
    ['--likeness', '2', 'Expected a number from 0 to 1 for --likeness but received "2".'],
    ['--proportions', '2', 'Expected a number from 0 to 1 or auto for --proportions but received "2".'],
    ['--likeness', 'much', 'Expected a number from 0 to 1 for --likeness but received "much".'],
    ['--strength', '', 'Expected a number from 0 to 1 for --strength but received "".'],
    ['--strength', 'NaN', 'Expected a number from 0 to 1 for --strength but received "NaN".'],
    ['--mode', 'slow', 'Expected instant or full for --mode but received "slow".'],
    ['--background', 'red', 'Expected style or keep or transparent for --background but received "red".'],
    ['--faces', 'some', 'Expected all or largest for --faces but received "some".'],
    ['--max-pixels', '1.5', 'Expected a whole number of at least 1 for --max-pixels but received "1.5".'],
    ['--out', 'x.bmp', 'Expected a name ending in .png, .jpg, .jpeg or .webp'],
  ])('%s %j exits 2 and says what was expected', async (flag, value, message) => {
    const { code, out, err } = await render(flag, value);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(message);
    expect(err).toContain('[USAGE]');
  });

  it.each([
    [[], 'Expected a command.'],
    [['evaluate'], 'Expected a command.'],
    [['paint'], "Unknown command 'paint'."],
    [['help', 'paint'], 'There is no command "paint".'],
    [['help', 'render', 'style'], 'There is no command "render style".'],
    [['render'], '--style'],
    [['render', '--style', 'y.png'], 'portrait'],
    [['upscale'], 'image'],
    [['render', 'x.png', '--style', 'y.png', '--fast'], "Unknown option '--fast'."],
    [['evaluate', 'style', '--styles', 'x'], '--portraits'],
  ])('limner %j exits 2', async (args, message) => {
    const { code, err } = await runLimner(args);
    expect(code).toBe(2);
    expect(err).toMatch(new RegExp(message, 'i'));
  });

  it('is JSON on stderr with --json', async () => {
    const { code, out, err } = await render('--likeness', '2', '--json');
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(JSON.parse(err)).toEqual({
      error: {
        code: 'USAGE',
        message: expect.stringMatching(/^Expected a number from 0 to 1 for --likeness[^.]*\.$/),
        hint: 'Run the command with --help to see what it takes.',
      },
    });
  });
});

describe('help', () => {
  it.each([
    [['--help'], 'limner render jane.jpg --style'],
    [['render', '--help'], '--background keep'],
    [['help', 'render'], 'Exit codes'],
    [['help'], 'limner render jane.jpg --style'],
    [['help', 'evaluate', 'style'], 'sliced Wasserstein'],
    [['evaluate', 'help', 'style'], 'sliced Wasserstein'],
    [['help', 'evaluate'], 'Measure quality'],
    [['help', 'ledger', 'export', '--json'], 'Write a copy of the log'],
    [['ledger', 'export', '--help'], 'Write a copy of the log'],
    [['help', 'styles', 'import'], 'limner styles import'],
    [['help', 'token', 'revoke'], 'end a token'],
    [['evaluate', 'style', '--help'], 'sliced Wasserstein'],
    [['upscale', '--help'], '--weights srgan-lite'],
    [['doctor', '--help'], 'devices'],
  ])('limner %j teaches and exits 0', async (args, text) => {
    const { code, out, err } = await runLimner(args);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain(text);
  });
});

describe('doctor', () => {
  it('lists versions, devices with reasons, and weights', async () => {
    const { code, out } = await runLimner(['doctor', '--json']);
    const { ready, versions, devices, weights } = JSON.parse(out);
    expect({ code, ready }).toEqual({ code: 0, ready: true });
    expect(versions).toMatchObject({ limner: expect.stringMatching(/^\d+\./), node: process.versions.node });
    expect(devices).toContainEqual({ device: 'cpu', available: true });
    for (const { available, reason } of devices) expect(available).toBe(reason === undefined);
    expect(weights.map(({ name }: { name: string }) => name)).toEqual(
      expect.arrayContaining(['faceres', 'srgan', 'srresnet', 'srgan-lite']),
    );
    for (const { bytes, for: use } of weights) {
      if (use === 'render') expect(bytes).toBeGreaterThan(100_000);
    }
  });

  it('says what Figma would refuse of a manifest, by the rules of the build', async () => {
    const own = JSON.parse((await runLimner(['doctor', '--json'])).out);
    expect(own.manifest).toMatchObject({ file: expect.stringMatching(/manifest\.json$/), faults: [] });
    const manifest = JSON.parse(await readFile(own.manifest.file, 'utf8'));
    manifest.networkAccess.allowedDomains.push('http://10.0.0.7:8017');
    await writeFile(inFolder('manifest.json'), JSON.stringify(manifest));
    const { code, out } = await runLimner(['doctor', '--manifest', inFolder('manifest.json')]);
    expect(code).toBe(4);
    expect(out).toMatch(
      /Figma would refuse .*manifest\.json:\n {2}networkAccess\.allowedDomains.*10\.0\.0\.7/,
    );
    expect(await runLimner(['doctor', '--manifest', inFolder('none.json')])).toMatchObject({
      code: 3,
      err: expect.stringContaining('none.json'),
    });
  });

  it('says the same in words', async () => {
    expect((await runLimner(['doctor'])).out).toMatch(/cpu +available[\s\S]*Ready\./);
  });
});
