import type { Browser, Frame } from 'puppeteer';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../protocol/plugin-data.ts';
import type { Selection } from '../../protocol/plugin-messages.ts';
import { findChromium, launchChromium } from '../hosts/chromium.ts';
import {
  fixture,
  type OpenedWindow,
  openWindow,
  readFixture,
  styleOf,
} from './fake-plugin/open-fake-plugin.ts';
import type { FakePlugin, Setup } from './fake-plugin/page.ts';
import { portraitOf } from './fake-plugin/portrait-of.ts';
import { startRenderer, type TestRenderer } from './start-renderer.ts';

const PATIENCE = 300_000;
const settings = { ...DEFAULT_SETTINGS, look: { ...DEFAULT_SETTINGS.look, scale: 1 as const } };

let browser: Browser;
let common: Pick<Setup, 'styles' | 'pictures' | 'settings'>;
let opened: OpenedWindow | undefined;

describe.skipIf(!findChromium())('the window', { timeout: PATIENCE }, () => {
  beforeAll(async () => {
    browser = await launchChromium();
    const flat = sharp({ create: { width: 200, height: 200, channels: 3, background: '#7a7' } });
    const small = sharp(fixture('astronaut.png')).extract({ left: 105, top: 0, width: 240, height: 320 });
    common = {
      settings,
      styles: [await styleOf('mona', 'Mona Lisa', 'small/joconde.jpg')],
      pictures: {
        eileen: (await small.png().toBuffer()).toString('base64'),
        twin: await readFixture('astronaut.png'),
        flat: (await flat.png().toBuffer()).toString('base64'),
        moving: (await animated()).toString('base64'),
        clip: (
          await sharp(fixture('sequences/collins.webp'), { page: 0, pages: 2 }).gif().toBuffer()
        ).toString('base64'),
      },
    };
  });
  afterEach(async () => {
    await opened?.close();
    opened = undefined;
  });
  afterAll(() => browser?.close());

  const open = async (setup: Parameters<typeof openWindow>[1] = {}) => {
    opened = await openWindow(browser, { ...common, ...setup });
    return opened;
  };

  it.each([
    ['no selection', { layers: 0, portraits: [], originals: [], skipped: [] }, 'Select a portrait'],
    [
      'a selection without pictures',
      { layers: 1, portraits: [], originals: [], skipped: [{ name: 'Clip', reason: 'It is a video.' }] },
      'It is a video.',
    ],
    ['no face', select('flat'), 'No face in this portrait'],
    ['a picture that cannot be read', select('gone'), 'cannot be read'],
  ])('says what to do about %s', async (_, selection: Selection, text) => {
    const { frame } = await open({ selection });
    await waitForText(frame, text);
    expect(await isDisabled(frame)).toBe(selection.portraits.length === 0);
  });

  it('wears Figma’s colours, or the system’s where Figma says nothing', async () => {
    for (const [figma, wanted] of [
      ['light', ['rgb(255, 255, 255)', 'rgb(255, 255, 255)']],
      [null, ['rgb(44, 44, 44)', 'rgb(255, 255, 255)']],
    ] as const) {
      const { frame, page, close } = await openWindow(browser, common, figma);
      for (const [i, value] of ['dark', 'light'].entries()) {
        await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value }]);
        const worn = () => frame.$eval('body', (body) => getComputedStyle(body).backgroundColor);
        await expect.poll(worn, POLL).toBe(wanted[i]);
      }
      await close();
    }
  });

  it.each(['stylize', 'new-style', 'upscale', 'settings'] as const)(
    'looks in quirks mode as it does in standards mode: %s',
    async (command) => {
      const places = async (isStandards: boolean) => {
        const selection = { ...select('gone'), originals: [] };
        const { frame } = await open({ launch: { command }, selection, isStandards });
        await frame.waitForSelector('main *');
        await frame.waitForFunction(() => !document.body.innerText.includes('Starting…'));
        await frame.$$eval('details', (all) => {
          for (const details of all) details.open = true;
        });
        const found = await frame.$$eval('#root *', (all) =>
          all.map((element) => {
            const { x, y, width, height } = element.getBoundingClientRect();
            const { fontSize, color, lineHeight } = getComputedStyle(element);
            return [element.tagName, x, y, width, height, fontSize, color, lineHeight].join(' ');
          }),
        );
        const mode = await frame.evaluate(() => document.compatMode);
        await opened?.close();
        opened = undefined;
        return { found, mode };
      };
      const [quirks, standards] = [await places(false), await places(true)];
      expect([quirks.mode, standards.mode]).toEqual(['BackCompat', 'CSS1Compat']);
      expect(quirks.found).toEqual(standards.found);
    },
  );

  it('shows before and after, with a divider that keys move', async () => {
    const { frame } = await open({ selection: select('eileen') });
    const divider = await frame.waitForSelector('[role=slider][tabindex]', { timeout: PATIENCE });
    await frame.waitForSelector('[data-tier=wasm]');
    await divider!.focus();
    await divider!.press('End');
    expect(await divider!.evaluate((node) => node.getAttribute('aria-valuenow'))).toBe('100');
    await divider!.press('ArrowLeft');
    expect(await divider!.evaluate((node) => node.getAttribute('aria-valuenow'))).toBe('95');
  });

  it('follows the slider, and keeps its place for the next time', async () => {
    const { frame, plugin } = await open({ selection: select('eileen') });
    await frame.waitForSelector('canvas', { timeout: PATIENCE });
    expect(await difference(frame)).toBeGreaterThan(10);
    await frame.$eval('summary', (summary) => (summary as HTMLElement).click());
    const strength = await frame.waitForSelector('input[aria-label=Strength]');
    await strength!.focus();
    await strength!.press('Home');
    await frame.waitForFunction('document.querySelector("section[aria-label=Preview]").ariaBusy === "false"');
    expect(await difference(frame)).toBeLessThan(1);
    await expect.poll(async () => (await plugin('settings'))?.look.strength, POLL).toBe(0);
  });

  it('leaves proportions to the style until their slider is moved, and again at a click', async () => {
    const { frame, plugin } = await open({ selection: select('flat') });
    await waitForText(frame, 'No face in this portrait');
    await frame.$eval('summary', (summary) => (summary as HTMLElement).click());
    const slider = await frame.waitForSelector('input[aria-label=Proportions]');
    const said = () => slider!.evaluate((node) => node.getAttribute('aria-valuetext'));
    const kept = async () => (await plugin('settings'))?.look.proportions;
    expect(await said()).toBe('as the style needs it');
    await slider!.focus();
    await slider!.press('End');
    await expect.poll(said, POLL).toContain('100 %');
    await expect.poll(kept, POLL).toBe(1);
    await press(frame, 'Proportions: 100 %; leave it to the style');
    await expect.poll(said, POLL).toBe('as the style needs it');
    await expect.poll(kept, POLL).toBe('auto');
  });

  it('adds a layer for each portrait of a selection; one that fails can be tried again', async () => {
    const selection = select('eileen', 'gone', 'twin');
    const { frame, page, plugin } = await open({ selection });
    await act(frame);
    await waitForSummary(frame, '2 done, 1 failed');
    const results = await placed(opened!);
    expect(results).toEqual([
      { name: 'eileen', width: 240, height: 320, tiles: 1, style: 'Mona Lisa', job: null, original: 'keep' },
      { name: 'twin', width: 512, height: 512, tiles: 1, style: 'Mona Lisa', job: null, original: 'keep' },
    ]);
    await expect.poll(() => plugin('notices'), POLL).toEqual(['2 pictures done, 1 failed.']);
    await page.evaluate((file) => fake.addPicture('gone', file), common.pictures['eileen']);
    await press(frame, 'Retry gone');
    await waitForSummary(frame, '3 done');
  });

  it('keeps a finished picture when Figma refuses it, and only places it again', async () => {
    const { frame, plugin, page } = await open({ selection: select('eileen') });
    await page.evaluate('fake.refuse(1)');
    await act(frame);
    await waitForSummary(frame, '0 done, 1 failed');
    await page.evaluate('fake.removePicture("eileen")');
    await press(frame, 'Retry eileen');
    await waitForSummary(frame, '1 done');
    expect(await placed(opened!)).toMatchObject([{ name: 'eileen', width: 240 }]);
    await expect.poll(() => plugin('commits'), POLL).toBe(1);
  });

  it('leaves a picture without a face as it is among others, which is no error', async () => {
    const { frame, plugin } = await open({ selection: select('flat', 'eileen') });
    await act(frame);
    await waitForSummary(frame, '1 done, 1 without a face');
    await expect
      .poll(() => plugin('notices'), POLL)
      .toEqual(['1 picture done, 1 without a face left as it is.']);
  });

  it('says one thing that is wrong at a time', async () => {
    const { frame } = await open({ selection: select('flat') });
    await waitForText(frame, 'No face in this portrait');
    await press(frame, 'From layer');
    await waitForText(frame, 'No face was found in “flat”');
    const alerts = () => frame.$$eval('[role=alert]', (all) => all.map(({ textContent }) => textContent));
    expect(await alerts()).toHaveLength(1);
    await press(frame, 'Dismiss');
    expect(await alerts()).toMatchObject([expect.stringContaining('No face in this portrait')]);
  });

  it('says how large a result becomes before it is made, and that an animated picture becomes a still', async () => {
    const { frame } = await open({ selection: select('moving'), settings: DEFAULT_SETTINGS });
    await waitForText(frame, '512 × 512 px · in this window');
    await frame.waitForSelector('canvas', { timeout: PATIENCE });
    await waitForText(frame, 'becomes a still of its first frame');
  });

  it('can be made larger, and shows all that matters without scrolling at its first size', async () => {
    const { frame, plugin, page } = await open({ selection: select('eileen') });
    const [first, second] = await Promise.all(
      ['input[name=Size]', 'footer button'].map((selector) =>
        frame.$eval(selector, (node) => (node.closest('fieldset') ?? node).getBoundingClientRect().bottom),
      ),
    );
    const fold = await frame.$eval('footer', (footer) => footer.getBoundingClientRect().top);
    expect(first).toBeLessThan(fold);
    expect(second).toBeLessThan(600);
    await page.mouse.move(378, 598);
    await page.mouse.down();
    await page.mouse.move(378, 700);
    await page.mouse.up();
    await expect.poll(async () => (await plugin('size')).height, POLL).toBeGreaterThan(650);
  });

  it('offers the starters where there is no style yet', async () => {
    const { frame } = await open({ styles: [], selection: select('eileen'), starters: ['joconde.jpg'] });
    await frame.waitForSelector('input[name=style]:checked', { timeout: PATIENCE });
    await frame.waitForSelector('canvas[aria-label="The portrait as Joconde"]', { timeout: PATIENCE });
    await act(frame);
    await waitForSummary(frame, '1 done');
    expect(await placed(opened!)).toMatchObject([{ style: 'Joconde' }]);
  });

  it('comes back with the style that was chosen last, in view', async () => {
    const starters = ['joconde.jpg'];
    const chosen = (frame: Frame) =>
      frame.waitForSelector('label[title=Joconde] input[name=style]:checked', { timeout: PATIENCE });
    const first = await open({ starters });
    await (await first.frame.waitForSelector('label[title=Joconde]', { timeout: PATIENCE }))!.click();
    await chosen(first.frame);
    await expect.poll(async () => (await first.plugin('settings'))?.styleId, POLL).toBe('starter-joconde');
    const kept = await first.plugin('settings');
    await first.close();
    await chosen((await open({ starters, settings: kept })).frame);
  });

  it('goes back to the preview for another portrait, and says no more what was wrong before', async () => {
    const { frame, page } = await open({ selection: select('flat') });
    await press(frame, 'From layer');
    await waitForText(frame, 'No face was found in “flat”');
    await frame.$eval('details', (details) => details.setAttribute('open', ''));
    const scrolled = () => frame.$eval('main > div', ({ scrollTop }) => scrollTop);
    await frame.$eval('main > div', (column) => column.scrollTo({ top: 100 }));
    expect(await scrolled()).toBe(100);
    await page.evaluate((other) => fake.select(other).then(() => undefined), select('eileen'));
    await waitForText(frame, 'eileen');
    await expect.poll(scrolled, POLL).toBe(0);
    expect(await frame.$('[role=alert]')).toBe(null);
  });

  it('shows every pixel at a click', async () => {
    const { frame } = await open({ selection: select('eileen') });
    const preview = await frame.waitForSelector('canvas', { timeout: PATIENCE });
    await preview!.click({ offset: { x: 12, y: 12 } });
    const full = await frame.waitForSelector('canvas[aria-label$="every pixel"]');
    const [shown, pixels] = await full!.evaluate((canvas) => [
      canvas.getBoundingClientRect().width * devicePixelRatio,
      (canvas as HTMLCanvasElement).width,
    ]);
    expect(shown).toBeCloseTo(pixels, 0);
    await press(frame, '100 % : back to the whole picture');
    await frame.waitForSelector('[role=slider][tabindex]');
  });

  it('loads its networks before anything is selected, once', async () => {
    const { plugin, frame } = await open();
    await expect.poll(async () => (await plugin('assetsRead')).includes('facemesh'), POLL).toBe(true);
    await press(frame, 'New style');
    await press(frame, 'Upscale');
    const read = await plugin('assetsRead');
    expect(new Set(read).size).toBe(read.length);
  });

  it('cancels what runs and what waits', async () => {
    const { frame } = await open({
      selection: select('twin', 'eileen'),
      settings: { ...settings, look: { ...settings.look, scale: 4 } },
    });
    await act(frame);
    await press(frame, 'Cancel eileen');
    await press(frame, 'Cancel all');
    await waitForSummary(frame, '0 done, 2 cancelled');
    expect(await placed(opened!)).toEqual([]);
  });

  it('takes a style from a file and from the selected layer, and lets it go', async () => {
    const { frame, plugin } = await open({ styles: [], selection: select('twin') });
    await waitForText(frame, 'Choose a style');
    const picker = await frame.$('input[type=file]');
    await (picker as unknown as { uploadFile(path: string): Promise<void> }).uploadFile(
      fixture('small/joconde.jpg'),
    );
    await frame.waitForSelector('input[type=radio][name=style]:checked', { timeout: PATIENCE });
    await press(frame, 'New style');
    await press(frame, 'Save style');
    await expect.poll(async () => await plugin('styleNames'), POLL).toEqual(['twin', 'joconde']);
    const chosen = await frame.waitForSelector('input[type=radio][name=style]:checked');
    await chosen!.press('Delete');
    await expect.poll(async () => await plugin('styleNames'), POLL).toEqual(['joconde']);
  });

  it('enlarges a picture', async () => {
    const { frame } = await open({ launch: { command: 'upscale' }, selection: select('eileen') });
    await press(frame, '2×');
    await act(frame);
    await waitForSummary(frame, '1 done');
    const [result] = await placed(opened!);
    expect(result).toMatchObject({ width: 480, height: 640, style: '×2' });
  });

  describe('with a renderer', () => {
    let renderer: TestRenderer;
    beforeAll(async () => {
      renderer = await startRenderer();
    }, PATIENCE);
    afterAll(() => renderer?.stop());

    it('pairs by address and token, and says when they are wrong', async () => {
      const { frame, plugin } = await open({ launch: { command: 'settings' } });
      await frame.$eval('summary', (summary) => (summary as HTMLElement).click());
      await type(frame, '#renderer-url', 'localhost:1');
      await type(frame, '#renderer-token', 'wrong');
      await press(frame, 'Connect');
      await waitForText(frame, 'cannot be reached');
      await type(frame, '#renderer-url', renderer.url);
      await press(frame, 'Connect');
      await waitForText(frame, 'does not accept this token');
      expect(await plugin('settings')).toBeUndefined();
      await type(frame, '#renderer-token', renderer.token);
      await press(frame, 'Connect');
      await waitForText(frame, 'Connected: Limner');
      const { token } = renderer;
      // Figma takes no numeric addresses.
      const url = renderer.url.replace('127.0.0.1', 'localhost');
      await expect.poll(async () => (await plugin('settings'))?.renderer, POLL).toEqual({ url, token });
    });

    const paired = () => ({ ...settings, renderer: { url: renderer.url, token: renderer.token } });

    it('has it render, and goes on with its job when the window was closed', async () => {
      const first = await open({ settings: paired(), selection: select('eileen') });
      await waitForText(first.frame, 'by your renderer');
      await act(first.frame);
      await waitForSummary(first.frame, '1 done');
      const [result] = await placed(first);
      expect(result).toMatchObject({ width: 240, height: 320, job: expect.stringMatching(/^figma-/) });
      expect(await first.plugin('jobs')).toEqual([]);
      const jobs = [{ ...(await first.plugin('savedJobs'))[0] }];
      await first.close();
      const second = await open({ settings: paired(), jobs });
      await waitForSummary(second.frame, '1 done');
      expect(await placed(second)).toEqual([result]);
    });

    it('keeps an animated GIF moving, and says so', async () => {
      const { frame, page } = await open({ settings: paired(), selection: select('clip') });
      await waitForText(frame, 'The animated GIF stays animated');
      await act(frame);
      await waitForSummary(frame, '1 done');
      const bytes = await page.evaluate('[...fake.results[0].tiles[0].bytes]');
      const { format, pages, width } = await sharp(Uint8Array.from(bytes as number[]), {
        animated: true,
      }).metadata();
      expect({ format, pages, width }).toEqual({ format: 'gif', pages: 2, width: 160 });
    });

    it('renders in Figma when it is offline', async () => {
      const gone = { ...settings, renderer: { url: 'http://localhost:1', token: 'any' } };
      const { frame } = await open({ settings: gone, selection: select('eileen') });
      await waitForText(frame, 'renderer offline, so in this window');
      await act(frame);
      await waitForSummary(frame, '1 done');
      expect(await placed(opened!)).toMatchObject([{ job: null }]);
    });

    it('opens the window that it serves when the graphics card is wished for', async () => {
      const { plugin } = await open({ settings: { ...paired(), hostedWindow: true } });
      await expect.poll(() => plugin('hosted'), POLL).toEqual(['/ui/']);
    });
  });
});

const POLL = { timeout: PATIENCE, interval: 200 };

/** The portrait, and once more darker, as a GIF. */
async function animated(): Promise<Buffer> {
  const frame = sharp(fixture('astronaut.png'));
  const frames = [frame.clone().png(), frame.clone().modulate({ brightness: 0.8 }).png()];
  const files = await Promise.all(frames.map((one) => one.toBuffer()));
  return sharp(files, { join: { animated: true } })
    .gif()
    .toBuffer();
}

declare const fake: Pick<FakePlugin, 'addPicture' | 'select'>;

function select(...names: string[]): Selection {
  const portraits = names.map((name) => portraitOf(name, name));
  return { layers: names.length, portraits, originals: portraits, skipped: [] };
}

/** What the plugin was told to place, without the pixels. */
async function placed({ page }: OpenedWindow) {
  return page.evaluate('fake.results.map(fake.describe)') as Promise<Record<string, unknown>[]>;
}

async function waitForText(frame: Frame, text: string): Promise<void> {
  await frame.waitForFunction(
    // Not textContent, which has the script's own strings.
    (wanted) => document.body.innerText.includes(wanted),
    { timeout: PATIENCE },
    text,
  );
}

/** How the results stand in all. */
async function waitForSummary(frame: Frame, text: string): Promise<void> {
  await frame.waitForFunction(
    (wanted) => document.querySelector('section[aria-label=Results] [role=status]')?.textContent === wanted,
    { timeout: PATIENCE },
    text,
  );
}

/** By the accessible name of a button, or of the choice it stands for. */
async function press(frame: Frame, name: string): Promise<void> {
  const button = await frame.waitForSelector(`::-p-aria([name="${name}"])`, { timeout: PATIENCE });
  await frame.waitForFunction((node) => !(node as HTMLButtonElement).disabled, { timeout: PATIENCE }, button);
  await button!.evaluate((node) => (node as HTMLElement).click());
}

/** The main action of a screen. */
async function act(frame: Frame): Promise<void> {
  const button = await frame.waitForSelector('footer button:not([disabled])', { timeout: PATIENCE });
  await button!.evaluate((node) => (node as HTMLElement).click());
}

const isDisabled = (frame: Frame) =>
  frame.$eval('footer button', (button) => (button as HTMLButtonElement).disabled);

async function type(frame: Frame, selector: string, text: string): Promise<void> {
  await frame.$eval(
    selector,
    (node, value) => {
      (node as HTMLInputElement).value = value;
      node.dispatchEvent(new InputEvent('input', { bubbles: true }));
    },
    text,
  );
}

/** Mean difference, 0..255, of the two canvases of the preview. */
function difference(frame: Frame): Promise<number> {
  return frame.evaluate(() => {
    const [after, before] = [...document.querySelectorAll('canvas')].map(
      (canvas) => canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height).data,
    );
    return after.reduce((sum, value, i) => sum + Math.abs(value - before[i]), 0) / after.length;
  });
}
