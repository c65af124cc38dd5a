/**
 * The part of `npm run bench` about the plugin's window: the built window in Chromium, in a page of opaque origin as in
 * Figma, so previews run on WebAssembly with one thread. Times are from the user's act to the picture on the screen.
 */
import type { Frame } from 'puppeteer';
import sharp from 'sharp';
import type { Picture } from '../models/image/picture.ts';
import { findChromium, launchChromium } from '../test/hosts/chromium.ts';
import { openWindow, styleOf } from '../test/ui/fake-plugin/open-fake-plugin.ts';
import { portraitOf } from '../test/ui/fake-plugin/portrait-of.ts';
import { PREVIEW } from '../ui/pictures/preview-size.ts';

const RUNS = 9;

/** @param peer milliseconds of Reinhard colour transfer of a picture of this size, in Node */
export async function benchWindow(head: Picture, peer: number): Promise<void> {
  if (!findChromium()) return console.log('the plugin’s window: no Chromium here\n');
  const browser = await launchChromium();
  try {
    const { first, likeness, strength, longest } = await timeWindow(browser, head);
    const print = (name: string, time: number) =>
      console.log(
        `  ${name.padEnd(28)}${`${time.toFixed(1)} ms`.padStart(12)}${`${(time / peer).toFixed(2)} × peer`.padStart(16)}`,
      );
    console.log(`the plugin’s window, ${PREVIEW.width} px wide, WebAssembly, ${await browser.version()}`);
    print('new reference and portrait', first);
    print('likeness moves', likeness);
    print('strength moves', strength);
    console.log(`  ${'longest block of the window'.padEnd(28)}${`${longest.toFixed(0)} ms`.padStart(12)}\n`);
  } finally {
    await browser.close();
  }
}

async function timeWindow(browser: Awaited<ReturnType<typeof launchChromium>>, head: Picture) {
  const names = Array.from({ length: RUNS }, (_, i) => `portrait-${i}`);
  const portraits = names.map((name) => portraitOf(name, name));
  const file = await sharp(head.data, { raw: { width: head.width, height: head.height, channels: 4 } })
    .resize(2 * PREVIEW.width)
    .png()
    .toBuffer();
  const { frame, page } = await openWindow(browser, {
    selection: { layers: 1, portraits, originals: portraits, skipped: [] },
    styles: await Promise.all(names.map((name) => styleOf(name, name, 'joconde.jpg'))),
    pictures: Object.fromEntries(names.map((name) => [name, file.toString('base64')])),
  });
  await waitUntilShown(frame);
  await frame.evaluate(prepareWindow);
  const first: number[] = [];
  for (let i = 1; i < RUNS; i++) first.push(await frame.evaluate(changeBoth, i));
  const move = async (slider: string) => {
    const times: number[] = [];
    for (let i = 0; i < RUNS; i++) times.push(await frame.evaluate(moveSlider, slider, 30 + 5 * i));
    return median(times);
  };
  const [likeness, strength] = [await move('Likeness'), await move('Strength')];
  const longest = (await frame.evaluate('Math.max(0, ...blocks)')) as number;
  await page.close();
  return { first: median(first), likeness, strength, longest };
}

async function waitUntilShown(frame: Frame): Promise<void> {
  await frame.waitForSelector('section[aria-label=Preview][aria-busy=false] canvas', { timeout: 120_000 });
}

// The functions below run in the window.

declare function timeUntilShown(act: () => void): Promise<number>;

/** Fills the global `blocks` with the durations (ms) of tasks that took longer than 50 ms; adds `timeUntilShown`. */
function prepareWindow(): void {
  const blocks: number[] = [];
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) blocks.push(duration);
  }).observe({ type: 'longtask' });
  const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const timeUntilShown = async (act: () => void) => {
    const started = performance.now();
    act();
    do await nextFrame();
    while (!document.querySelector('section[aria-label=Preview][aria-busy=false] canvas'));
    return performance.now() - started;
  };
  Object.assign(globalThis, { blocks, timeUntilShown });
}

/** Chooses a style that was never used and goes to the next portrait. */
function changeBoth(index: number): Promise<number> {
  return timeUntilShown(() => {
    (document.querySelectorAll('input[name=style]')[index] as HTMLInputElement).click();
    (document.querySelector('[aria-label="Next portrait"]') as HTMLElement).click();
  });
}

function moveSlider(name: string, value: number): Promise<number> {
  return timeUntilShown(() => {
    const slider = document.querySelector(`input[aria-label=${name}]`) as HTMLInputElement;
    slider.value = String(value);
    slider.dispatchEvent(new InputEvent('input', { bubbles: true }));
  });
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}
