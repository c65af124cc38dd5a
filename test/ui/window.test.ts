import { describe, expect, it } from 'vitest';
import type { Selection } from '../../protocol/plugin-messages.ts';
import { findChromium } from '../hosts/chromium.ts';
import {
  difference,
  isDisabled,
  openBrowser,
  PATIENCE,
  POLL,
  press,
  select,
  waitForText,
} from './at-window.ts';

describe.skipIf(!findChromium())('the window', { timeout: PATIENCE }, () => {
  const { open } = openBrowser();

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
      const { frame, page } = await open({}, figma);
      for (const [i, value] of ['dark', 'light'].entries()) {
        await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value }]);
        const worn = () => frame.$eval('body', (body) => getComputedStyle(body).backgroundColor);
        await expect.poll(worn, POLL).toBe(wanted[i]);
      }
    }
  });

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

  it('says that videos need a renderer, and offers none without', async () => {
    const { frame } = await open();
    await waitForText(frame, 'Videos need a renderer of your team');
    expect(
      await frame.$eval('section[aria-label=Video] button', (node) => (node as HTMLButtonElement).disabled),
    ).toBe(true);
  });

  it('loads its networks before anything is selected, once', async () => {
    const { plugin, frame } = await open();
    await expect.poll(async () => (await plugin('assetsRead')).includes('facemesh'), POLL).toBe(true);
    await press(frame, 'New style');
    await press(frame, 'Upscale');
    const read = await plugin('assetsRead');
    expect(new Set(read).size).toBe(read.length);
  });
});
