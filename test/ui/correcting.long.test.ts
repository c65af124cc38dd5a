/** The face of a style's reference, corrected by hand in the window. */
import type { Frame } from 'puppeteer';
import { describe, expect, it } from 'vitest';
import { encodeStyle } from '../../models/style-file/index.ts';
import { HANDLE_NAMES } from '../../models/stylize/handles.ts';
import { findChromium } from '../hosts/chromium.ts';
import { manifest, plainStyle } from '../models/style-file/samples.ts';
import { groupPicture, openBrowser, PATIENCE, POLL, press, select, waitForText } from './at-window.ts';
import { styleOf } from './fake-plugin/open-fake-plugin.ts';

const HANDLE = 'button[aria-roledescription=handle]';
const LID = `${HANDLE}[aria-label="Left eye, upper lid"]`;
const BUSY = 'section[aria-label=Preview][aria-busy=true]';

async function startCorrecting(frame: Frame) {
  await frame.waitForSelector('details');
  await frame.$eval('details', (details) => {
    details.open = true;
  });
  await press(frame, 'Correct eyes, mouth and jaw…');
  return (await frame.waitForSelector(LID, { timeout: PATIENCE }))!;
}

/** Of the lid's handle, px of the window. */
const placeOf = (frame: Frame) =>
  frame.$eval(LID, (node) => {
    const { x, y } = node.getBoundingClientRect();
    return [x, y];
  });

/** What the focus is on. */
const focused = (frame: Frame) =>
  frame.evaluate(() => (document.activeElement as HTMLElement).title || document.activeElement?.textContent);

/** How far the choice of a sitter would reach beyond the window if there were a dozen, px. */
const beyond = (frame: Frame) =>
  frame.$eval('input[name=Sitter]', (node) => {
    const options = node.closest('fieldset')!.querySelectorAll('label');
    const last = options[options.length - 1];
    const copies = Array.from({ length: 10 }, () => last.cloneNode(true) as HTMLElement);
    last.after(...copies);
    const rights = copies.map((copy) => copy.getBoundingClientRect().right);
    for (const copy of copies) copy.remove();
    return Math.max(...rights) - document.documentElement.clientWidth;
  });

/** The painted preview, as numbers. */
const painted = (frame: Frame) =>
  frame.$eval('canvas[aria-label="Preview in the chosen style"]', (node) => {
    const canvas = node as HTMLCanvasElement;
    return [...canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height).data];
  });

/** A style of two sitters, as an earlier Limner kept it: the larger one, at the right, has a lid raised. */
async function groupStyle() {
  const { reference, ...size } = await groupPicture();
  const corrections = { leftEyeUpperLid: [0, -0.2] } as const;
  const facts = { ...manifest, reference: { ...size, type: 'image/jpeg' as const }, corrections };
  const file = Buffer.from(encodeStyle({ ...plainStyle, manifest: facts, reference }));
  const style = await styleOf('group', 'Group', 'joconde.jpg');
  return { ...style, kind: 'package' as const, file: file.toString('base64') };
}

describe.skipIf(!findChromium())('handles on the face of a style', { timeout: PATIENCE }, () => {
  const { open } = openBrowser();

  it('are moved by keys, shown in the preview, taken back, and kept in the style', async () => {
    const { frame, plugin } = await open({ selection: select('eileen') });
    await frame.waitForSelector('canvas', { timeout: PATIENCE });
    const handle = await startCorrecting(frame);
    expect(await frame.$$eval(`${HANDLE}[aria-label]`, (list) => list.length)).toBe(HANDLE_NAMES.length);
    const [, y] = await placeOf(frame);
    await frame.waitForSelector(BUSY, { hidden: true, timeout: PATIENCE });
    const before = await painted(frame);
    await handle.focus();
    for (let i = 0; i < 8; i++) await handle.press('ArrowUp');
    const raised = (await placeOf(frame))[1];
    expect(raised).toBeLessThan(y - 3);
    await expect.poll(async () => String(await painted(frame)) === String(before), POLL).toBe(false);
    await press(frame, 'Undo');
    expect((await placeOf(frame))[1]).toBeGreaterThan(raised);
    await press(frame, 'Save style');
    await frame.waitForSelector(LID, { hidden: true, timeout: PATIENCE });
    await expect.poll(async () => await plugin('styleNames'), POLL).toEqual(['Mona Lisa']);
    await startCorrecting(frame);
    expect((await placeOf(frame))[1]).toBeCloseTo(raised + (y - raised) / 8, 0);
    await press(frame, 'Reset');
    expect((await placeOf(frame))[1]).toBeCloseTo(y, 0);
    await press(frame, 'Cancel');
    await frame.waitForSelector('input[name=Size]', { timeout: PATIENCE });
    expect(await focused(frame)).toBe('Correct eyes, mouth and jaw…');
  });

  it('follow the mouse, and Ctrl+Z takes one drag back', async () => {
    const { frame, page } = await open({ selection: select('gone') });
    const handle = await startCorrecting(frame);
    expect(await focused(frame)).toBe('Left eye, outer corner');
    const [x, y] = await placeOf(frame);
    const box = (await handle.boundingBox())!;
    const [cx, cy] = [box.x + box.width / 2, box.y + box.height / 2];
    await page.mouse.move(cx, cy);
    await page.mouse.down();
    for (const share of [0.3, 0.6, 1]) await page.mouse.move(cx + 6 * share, cy - 12 * share);
    await page.mouse.up();
    const [toX, toY] = await placeOf(frame);
    expect(toX).toBeCloseTo(x + 6, 0);
    expect(toY).toBeCloseTo(y - 12, 0);
    await page.keyboard.down('Control');
    await page.keyboard.press('z');
    await page.keyboard.up('Control');
    await expect.poll(async () => (await placeOf(frame))[1], POLL).toBeCloseTo(y, 1);
    await handle.press('ArrowUp');
    const undo = await frame.waitForSelector('::-p-aria([name="Undo"])');
    await undo!.press('Enter');
    await expect.poll(async () => (await placeOf(frame))[1], POLL).toBeCloseTo(y, 1);
    // The focus is not lost with the last change.
    expect(await focused(frame)).toBe('Undo');
  });

  it('are of the chosen sitter, by whom the style is painted from then on', async () => {
    const { frame } = await open({ styles: [await groupStyle()], selection: select('eileen') });
    const sitter = () =>
      frame.$eval('input[name=Sitter]:checked', (node) => (node as HTMLInputElement).value);
    const choose = async (key: 'ArrowLeft' | 'ArrowRight') =>
      (await frame.$('input[name=Sitter]:checked'))!.press(key);
    const raised = async () => {
      const [, y] = await placeOf(frame);
      await press(frame, 'Reset');
      await expect.poll(async () => (await placeOf(frame))[1] !== y, POLL).toBe(true);
      return (await placeOf(frame))[1] - y;
    };
    await frame.waitForSelector('input[name=Sitter]', { timeout: PATIENCE });
    expect(await sitter()).toBe('2');
    await startCorrecting(frame);
    expect(await sitter()).toBe('2');
    expect(await raised()).toBeGreaterThan(3);
    await press(frame, 'Cancel');
    await frame.waitForSelector('input[name=Size]', { timeout: PATIENCE });
    await choose('ArrowLeft');
    expect(await sitter()).toBe('1');
    const handle = await startCorrecting(frame);
    expect(await sitter()).toBe('1');
    await waitForText(frame, 'they replace those of the sitter corrected before');
    await handle.press('ArrowUp');
    await handle.press('ArrowUp');
    await press(frame, 'Save style');
    await frame.waitForSelector('input[name=Size]', { timeout: PATIENCE });
    await frame.waitForSelector('input[name=Sitter]', { timeout: PATIENCE });
    expect(await sitter()).toBe('1');
    expect(await beyond(frame)).toBeLessThanOrEqual(0);
    await startCorrecting(frame);
    expect(await sitter()).toBe('1');
    expect(await raised()).toBeGreaterThan(0);
  });

  it('are those of another sitter once its face is chosen, which is kept when the style is saved', async () => {
    const { frame, page } = await open({ styles: [await groupStyle()], selection: select('eileen') });
    const checked = () => frame.$eval('input[name=Sitter]:checked', (node) => node.closest('label')!.title);
    const choice = (name: string) => `::-p-aria([name="${name}"][role="radio"])`;
    const [first, second] = ['Face 1 from the left', 'Face 2 from the left'];
    await frame.waitForSelector(choice(second), { timeout: PATIENCE });
    await frame.waitForSelector(BUSY, { hidden: true, timeout: PATIENCE });
    const bySecond = String(await painted(frame));
    const handle = await startCorrecting(frame);
    await handle.press('ArrowUp');
    const [x, y] = await placeOf(frame);
    await (await frame.waitForSelector(`label[title="${first}"]`))!.click();
    await expect.poll(checked, POLL).toBe(first);
    expect(await placeOf(frame)).not.toEqual([x, y]);
    await waitForText(frame, 'they replace those of the sitter corrected before');
    // What was changed of a face is not lost with a look at another.
    const before = (await frame.waitForSelector(choice(first)))!;
    await before.press('ArrowRight');
    await expect.poll(checked, POLL).toBe(second);
    await expect.poll(async () => (await placeOf(frame))[1], POLL).toBeCloseTo(y, 1);
    await press(frame, 'Undo');
    await expect.poll(checked, POLL).toBe(first);
    await press(frame, 'Save style');
    await frame.waitForSelector('input[name=Size]', { timeout: PATIENCE });
    await frame.waitForSelector('input[name=Sitter]', { timeout: PATIENCE });
    expect(await checked()).toBe(first);
    await frame.waitForSelector(BUSY, { hidden: true, timeout: PATIENCE });
    await expect.poll(async () => String(await painted(frame)) === bySecond, POLL).toBe(false);
    expect(await page.evaluate('fake.styleNames')).toEqual(['Group']);
  });

  it('of a style that comes with the plugin make a style of one’s own beside it', async () => {
    const { frame, plugin } = await open({
      styles: [],
      selection: select('gone'),
      starters: ['joconde.jpg'],
    });
    await frame.waitForSelector('input[name=style]:checked', { timeout: PATIENCE });
    const handle = await startCorrecting(frame);
    await handle.press('ArrowDown');
    await press(frame, 'Save style');
    await expect.poll(async () => await plugin('styleNames'), POLL).toEqual(['Joconde']);
    await expect.poll(() => frame.$$eval('label[title=Joconde]', (list) => list.length), POLL).toBe(2);
  });
});
