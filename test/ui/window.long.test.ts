import type { Frame } from 'puppeteer';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../protocol/plugin-data.ts';
import { findChromium } from '../hosts/chromium.ts';
import {
  act,
  groupPicture,
  openBrowser,
  PATIENCE,
  POLL,
  press,
  select,
  settings,
  type,
  waitForSummary,
  waitForText,
} from './at-window.ts';
import { fixture, styleOf } from './fake-plugin/open-fake-plugin.ts';
import type { FakePlugin } from './fake-plugin/page.ts';
import { startRenderer, type TestRenderer } from './start-renderer.ts';

declare const fake: Pick<FakePlugin, 'addPicture' | 'select'>;

const PAINTED = 'section[aria-label=Preview][aria-busy=false] canvas';

async function groupStyle() {
  const { reference } = await groupPicture();
  const style = await styleOf('group', 'Group', 'joconde.jpg');
  return { ...style, file: reference.toString('base64') };
}

describe.skipIf(!findChromium())('the window', { timeout: PATIENCE }, () => {
  const { open, placed, picture } = openBrowser();

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
        return { found, mode };
      };
      const [quirks, standards] = [await places(false), await places(true)];
      expect([quirks.mode, standards.mode]).toEqual(['BackCompat', 'CSS1Compat']);
      expect(quirks.found).toEqual(standards.found);
    },
  );

  it('adds a layer for each portrait of a selection; one that fails can be tried again', async () => {
    const selection = select('eileen', 'gone', 'twin');
    const { frame, page, plugin } = await open({ selection });
    await act(frame);
    await waitForSummary(frame, '2 done, 1 failed');
    const results = await placed();
    expect(results).toEqual([
      { name: 'eileen', width: 240, height: 320, tiles: 1, style: 'Mona Lisa', job: null, original: 'keep' },
      { name: 'twin', width: 512, height: 512, tiles: 1, style: 'Mona Lisa', job: null, original: 'keep' },
    ]);
    await expect.poll(() => plugin('notices'), POLL).toEqual(['2 pictures done, 1 failed.']);
    await page.evaluate((file) => fake.addPicture('gone', file), picture('eileen'));
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
    expect(await placed()).toMatchObject([{ name: 'eileen', width: 240 }]);
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

  it('offers the starters where there is no style yet', async () => {
    const { frame } = await open({ styles: [], selection: select('eileen'), starters: ['joconde.jpg'] });
    await frame.waitForSelector('input[name=style]:checked', { timeout: PATIENCE });
    await frame.waitForSelector('canvas[aria-label="The portrait as Joconde"]', { timeout: PATIENCE });
    await act(frame);
    await waitForSummary(frame, '1 done');
    expect(await placed()).toMatchObject([{ style: 'Joconde' }]);
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
    await chosen((await open({ starters, settings: kept })).frame);
  });

  it('shows which style is chosen where the system forces its colours', async () => {
    const { frame, page } = await open();
    const session = await page.createCDPSession();
    await session.send('Emulation.setEmulatedMedia', {
      features: [{ name: 'forced-colors', value: 'active' }],
    });
    const edge = () =>
      frame.$eval('label[title="Mona Lisa"] img', (tile) => {
        const { outlineColor, outlineStyle, boxShadow } = getComputedStyle(tile);
        return { outlineColor, outlineStyle, boxShadow };
      });
    await expect.poll(async () => (await edge()).boxShadow, POLL).toBe('none');
    expect(await edge()).toMatchObject({
      outlineStyle: 'solid',
      outlineColor: expect.stringMatching(/^rgb\(/),
    });
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

  it('lets the face of a reference be chosen that shows several, which its style keeps', async () => {
    const styles = [await groupStyle(), await styleOf('mona', 'Mona Lisa', 'small/joconde.jpg')];
    const selection = select('eileen');
    const { frame, page, plugin } = await open({ styles, selection });
    const checked = (shown: Frame) =>
      shown.$eval('input[name=Sitter]:checked', (node) => node.closest('label')!.title);
    const choose = async (title: string) => (await frame.$(`label[title="${title}"]`))!.click();
    const face = '::-p-aria([name="Face 2 from the left"][role="radio"])';
    const focused = (await frame.waitForSelector(face, { timeout: PATIENCE }))!;
    expect(await checked(frame)).toBe('Face 2 from the left');
    expect(await frame.evaluate(() => document.body.innerText)).not.toContain('The reference shows');
    await focused.press('ArrowLeft');
    expect(await checked(frame)).toBe('Face 1 from the left');
    await frame.waitForSelector(PAINTED, { timeout: PATIENCE });
    await choose('Mona Lisa');
    await frame.waitForSelector('input[name=Sitter]', { hidden: true });
    await frame.waitForSelector(PAINTED, { timeout: PATIENCE });
    expect(await frame.$('input[name=Sitter]')).toBe(null);
    await choose('Group');
    await frame.waitForSelector('input[name=Sitter]', { timeout: PATIENCE });
    expect(await checked(frame)).toBe('Face 1 from the left');
    // The choice stays where it is while another portrait is looked at.
    await page.evaluate((other) => fake.select(other).then(() => undefined), select('flat'));
    await waitForText(frame, 'No face in this portrait');
    expect(await checked(frame)).toBe('Face 1 from the left');
    const next = await open({ styles, selection, settings: await plugin('settings') });
    await next.frame.waitForSelector('input[name=Sitter]', { timeout: PATIENCE });
    expect(await checked(next.frame)).toBe('Face 1 from the left');
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

  it('cancels what runs and what waits', async () => {
    const { frame } = await open({
      selection: select('twin', 'eileen'),
      settings: { ...settings, look: { ...settings.look, scale: 4 } },
    });
    await act(frame);
    await press(frame, 'Cancel eileen');
    await press(frame, 'Cancel all');
    await waitForSummary(frame, '0 done, 2 cancelled');
    expect(await placed()).toEqual([]);
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
    const [result] = await placed();
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
      const [result] = await placed();
      expect(result).toMatchObject({ width: 240, height: 320, job: expect.stringMatching(/^figma-/) });
      expect(await first.plugin('jobs')).toEqual([]);
      const jobs = [{ ...(await first.plugin('savedJobs'))[0] }];
      const second = await open({ settings: paired(), jobs });
      await waitForSummary(second.frame, '1 done');
      expect(await placed()).toEqual([result]);
    });

    it('has it preview where this window cannot, the faces of the reference included', async () => {
      const styles = [await groupStyle()];
      // No gzip, so that no device loads.
      const assets = { runtime: btoa('damaged') };
      const { frame } = await open({ settings: paired(), styles, selection: select('eileen'), assets });
      const face = '::-p-aria([name="Face 2 from the left"][role="radio"])';
      await frame.waitForSelector(face, { timeout: PATIENCE });
      expect(await frame.$('[data-tier=renderer]')).not.toBe(null);
      expect(await frame.$$eval('input[name=Sitter]', (list) => list.length)).toBe(2);
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
      expect(await placed()).toMatchObject([{ job: null }]);
    });

    it('opens the window that it serves when the graphics card is wished for', async () => {
      const { plugin } = await open({ settings: { ...paired(), hostedWindow: true } });
      await expect.poll(() => plugin('hosted'), POLL).toEqual(['/ui/']);
    });
  });
});
