import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { beforeEach, describe, expect, it } from 'vitest';
import { findChromium } from '../hosts/chromium.ts';
import { joconde } from '../renderer/run-limner.ts';
import {
  act,
  addStyle,
  choose,
  fill,
  itemsIn,
  openStudio,
  PATIENCE,
  portrait,
  press,
  psnr,
  type Studio,
  shuttle,
  waitForText,
} from './studio.ts';

/** What the command line makes of the same portrait. */
async function renderedAlone({ folder }: Studio, file: Buffer, ...options: string[]): Promise<Buffer> {
  const [input, output] = [join(folder, 'portrait.png'), join(folder, 'alone.png')];
  await writeFile(input, file);
  const args = ['dist/limner.js', 'render', input, '--style', joconde, '--out', output, ...options];
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return sharp(output).toBuffer();
}

const jobOf = ({ pluginData }: { pluginData: Readonly<Record<string, string>> }) =>
  JSON.parse(pluginData['result']).jobId;

describe.skipIf(!findChromium())('a designer with a portrait and a style', { timeout: PATIENCE }, () => {
  const studio = openStudio();
  beforeEach(() => studio().clear());

  it('is told that the token is wrong, and nothing is kept', async () => {
    const window = await studio().pair('not-the-token-0123456789');
    const answer = await window.$eval('form [role=alert]', ({ textContent }) => textContent);
    expect(answer).toMatch(/does not accept this token/);
    expect(answer).not.toMatch(/Authorization|Bearer/);
    await studio().screenshot('wrong-token');
    const again = await studio().host.run('settings');
    expect(await again.$eval('#renderer-token', (input) => (input as HTMLInputElement).value)).toBe('');
  });

  it('sees a preview and gets a new layer, painted as the command line paints', async () => {
    const { host } = studio();
    await studio().pair();
    const file = await portrait(200);
    const original = await studio().place('Eileen', file);
    const window = await host.run('stylize');
    await addStyle(window, joconde);
    await window.waitForSelector('[data-tier=wasm]', { timeout: PATIENCE });
    await window.waitForSelector('[aria-label="Preview"][aria-busy=false] canvas', { timeout: PATIENCE });
    await choose(window, 'Size', '2');
    await studio().screenshot('apply-style');
    await act(window);
    expect(await itemsIn(window, ['done', 'failed'])).toMatchObject([{ state: 'done' }]);

    const [before, made] = await studio().layers();
    expect(before.id).toBe(original);
    expect(await studio().pictureOf(before)).toEqual(file);
    expect(made).toMatchObject({ name: 'Eileen · joconde', type: 'ELLIPSE', width: 120, height: 120 });
    expect(made.bounds).toMatchObject({ x: 160, y: 0 });
    expect(jobOf(made)).toMatch(/./);
    await expect.poll(() => host.ask((figma) => figma.notices.at(-1)?.button)).toBe('Show');
    expect(await host.ask((figma) => figma.selection())).toEqual([original]);
    await host.ask((figma) => figma.pressNotice());
    await expect.poll(() => host.ask((figma) => figma.selection())).toEqual([made.id]);
    // Another style will be painted from the original, though the result is selected.
    await window.waitForSelector('[title="Eileen"]');
    const alone = await renderedAlone(studio(), file, '--mode', 'full', '--scale', '2');
    expect(await psnr(await studio().pictureOf(made), alone)).toBeGreaterThan(35);
    await studio().screenshot('applied');
    await host.ask((figma) => figma.undo());
    expect((await studio().layers()).map(({ name }) => name)).toEqual(['Eileen']);
    expect(host.errors).toEqual([]);
  });

  it('is told when there is no face, and no layer is added', async () => {
    await studio().place('Shuttle', await shuttle(200));
    const window = await studio().host.run('stylize');
    await waitForText(window, 'No face in this portrait');
    await studio().screenshot('no-face');
    await act(window);
    const [item] = await itemsIn(window, ['done', 'failed']);
    expect(item).toMatchObject({ state: 'failed', text: expect.stringContaining('face') });
    expect(await studio().layers()).toHaveLength(1);
  });

  it('goes on with a job when the plugin was closed, and when the renderer was gone for a while', async () => {
    await studio().place('Eileen', await portrait(320));
    const window = await studio().host.run('stylize');
    await choose(window, 'Size', '4');
    await act(window);
    await itemsIn(window, ['running']);
    await window.waitForSelector('li[data-state=running] [role=progressbar]:not([aria-valuenow="0"])', {
      timeout: PATIENCE,
    });
    await studio().host.ask((figma) => figma.close());
    await studio().restartRenderer();
    const later = await studio().host.run('stylize');
    expect(await itemsIn(later, ['done', 'failed', 'cancelled'])).toMatchObject([{ state: 'done' }]);
    const [, made] = await studio().layers();
    expect(await sharp(await studio().pictureOf(made)).metadata()).toMatchObject({
      width: 1280,
      height: 1280,
    });
    const done = await studio().host.run('stylize');
    await done.waitForSelector('[data-tier=wasm]', { timeout: PATIENCE });
    expect(await done.$$('li[data-state]')).toEqual([]);
  });

  it('gets results from the plugin itself while the renderer is down', async () => {
    await studio().renderer.stop();
    await studio().place('Eileen', await portrait(200));
    const window = await studio().host.run('stylize');
    await waitForText(window, 'renderer offline, so in this window');
    await choose(window, 'Size', '1');
    await studio().screenshot('offline');
    await act(window);
    expect(await itemsIn(window, ['done', 'failed'])).toMatchObject([{ state: 'done' }]);
    const [, made] = await studio().layers();
    expect(jobOf(made)).toBe(null);
    const alone = await renderedAlone(studio(), await portrait(200));
    expect(await psnr(await studio().pictureOf(made), alone)).toBeGreaterThan(30);
    await studio().startRenderer();
  });

  it('makes a style of a layer, keeps it for later, and may have it in place of the original', async () => {
    const { host } = studio();
    await studio().place('Painting', await sharp(joconde).png().toBuffer());
    const learning = await host.run('new-style');
    await fill(learning, '#style-name', 'Gioconda');
    await studio().screenshot('new-style');
    await act(learning);
    await expect
      .poll(() => host.ask((figma) => figma.suggest('style', '')), { timeout: PATIENCE })
      .toContain('Gioconda');
    await studio().clear();

    const id = await studio().place('Eileen', await portrait(200));
    const settings = await host.run('settings');
    await choose(settings, 'Original', 'replace');
    // In the same window: what was chosen is on its way to the plugin.
    const window = settings;
    await press(window, 'Stylize');
    await window.waitForSelector('[data-tier=wasm]', { timeout: PATIENCE });
    await choose(window, 'Size', '1');
    await act(window);
    expect(await itemsIn(window, ['done', 'failed'])).toMatchObject([
      { state: 'done', text: expect.stringContaining('Gioconda') },
    ]);
    const [layer, ...others] = await studio().layers();
    expect([layer.id, others]).toEqual([id, []]);
    const alone = await renderedAlone(studio(), await portrait(200));
    // The window keeps the reference as a JPEG, so single strokes differ; another person or an unpainted one has 15 dB.
    expect(await psnr(await studio().pictureOf(layer), alone)).toBeGreaterThan(26);
    const again = await host.run('settings');
    await choose(again, 'Original', 'keep');
    await press(again, 'Stylize');
    await again.waitForSelector('[data-tier=wasm]', { timeout: PATIENCE });
  });

  it('gets from a layer of the canvas to a result in four actions', async () => {
    const { host } = studio();
    const [, mona] = [
      await studio().place('Eileen', await portrait(240)),
      await studio().place('Mona', await sharp(joconde).png().toBuffer()),
    ];
    const eileen = (await studio().layers())[0].id;
    const window = await host.run('stylize');
    expect(await host.ask((figma) => figma.selection())).toEqual([mona]);
    await press(window, 'From layer'); // 1: with the reference selected
    await host.select(eileen); // 2
    await act(window); // 3
    expect(await itemsIn(window, ['done', 'failed'])).toMatchObject([{ state: 'done' }]);
    await host.ask((figma) => figma.pressNotice()); // 4: only to see it
    expect((await studio().layers()).map(({ name }) => name)).toContain('Eileen · Mona');
  });

  it('is told of a reference without a face, of which nothing is kept but its texture on wish', async () => {
    const { host } = studio();
    await studio().place('Shuttle', await shuttle(240));
    const window = await host.run('stylize');
    await press(window, 'From layer');
    const notice = await window.waitForSelector('[data-code=NO_FACE_IN_STYLE]', { timeout: PATIENCE });
    expect(await notice!.evaluate(({ textContent }) => textContent)).toMatch(
      /No face was found in “Shuttle”/,
    );
    expect(await host.ask((figma) => figma.suggest('style', ''))).not.toContain('Shuttle');
    await studio().screenshot('no-face-in-style');
    await press(window, 'Use its texture only');
    await expect
      .poll(() => host.ask((figma) => figma.suggest('style', '')), { timeout: PATIENCE })
      .toContain('Shuttle');
    expect(await window.$('[role=alert][data-code]')).toBe(null);
    await host.select(await studio().place('Eileen', await portrait(240)));
    await window.waitForSelector('[aria-label="Preview"][aria-busy=false] canvas', { timeout: PATIENCE });
  });

  it('gets what is larger than Figma takes as tiles that together are the picture', async () => {
    const { host } = studio();
    const wide = await sharp(await portrait(260))
      .resize(1500, 64, { fit: 'fill' })
      .png()
      .toBuffer();
    const fills = [await studio().pictureFill(wide)];
    const [id] = await host.plant([{ type: 'RECTANGLE', name: 'Wide', width: 150, height: 6.4, fills }]);
    await host.select(id);
    const window = await host.run('upscale');
    await act(window);
    expect(await itemsIn(window, ['done', 'failed'])).toMatchObject([{ state: 'done' }]);
    const [, made] = await studio().layers();
    expect(made).toMatchObject({ type: 'FRAME', width: 150, height: 6.4 });
    const tiles = made.children[0].children.filter(({ props }) => !props['isMask']);
    expect(tiles.length).toBeGreaterThan(1);
    const parts = await Promise.all(
      tiles.map(async (tile) => ({
        input: await studio().pictureOf(tile),
        left: Math.round((tile.bounds.x - made.bounds.x) * 40),
        top: Math.round((tile.bounds.y - made.bounds.y) * 40),
      })),
    );
    const whole = { width: 6000, height: 256, channels: 3 as const, background: '#f0f' };
    const joined = await sharp({ create: whole }).composite(parts).png().toBuffer();
    const enlarged = await sharp(wide).resize(6000, 256, { kernel: 'cubic' }).png().toBuffer();
    expect(await psnr(joined, enlarged)).toBeGreaterThan(25);
    expect(host.errors).toEqual([]);
  });
});
