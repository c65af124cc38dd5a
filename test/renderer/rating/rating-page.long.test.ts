/** The page in a browser, as a rater uses it: keys alone. */
import { readdir, readFile } from 'node:fs/promises';
import type { Browser, Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPlan } from '../../../renderer/rating/plan/plan.ts';
import { type RatingServer, startRating } from '../../../renderer/rating/server/start-rating.ts';
import { findChromium, launchChromium } from '../../hosts/chromium.ts';
import { runLimner } from '../run-limner.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { drawFolders } from './drawings.ts';

const inFolder = temporaryFolder();

describe.skipIf(!findChromium())('a rater at the page', () => {
  let server: RatingServer;
  let browser: Browser;
  let page: Page;
  const errors: string[] = [];

  beforeAll(async () => {
    await drawFolders(inFolder);
    const sources = ['--originals', inFolder('people'), '--references', inFolder('styles')];
    const questions = ['--question', 'identity', '--question', 'medium'];
    const folders = [inFolder('ours'), inFolder('theirs'), '--out', inFolder('rating'), '--seed', '3'];
    expect((await runLimner(['rate', 'plan', ...folders, ...sources, ...questions])).code).toBe(0);
    server = await startRating(await openPlan(inFolder('rating')), 0);
    browser = await launchChromium();
    page = await browser.newPage();
    page.on('pageerror', (error) => errors.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
    await page.setViewport({ width: 1000, height: 700, deviceScaleFactor: 2 });
    await page.goto(server.url);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  const screen = (name: string) => page.waitForSelector(`body[data-screen=${name}]`);
  const ready = (place: number) =>
    page.waitForSelector(`body[data-screen=trial][data-place="${place}"] #answers button:not([disabled])`);
  /** Presses a key while the pictures are there and no answer is taken yet. */
  const pressTooEarly = (place: number, key: string) =>
    page.waitForFunction(
      (wanted, name) => {
        const isTooEarly = document.querySelector('#answers button:disabled') !== null;
        if (document.body.dataset['place'] !== wanted || !isTooEarly) return false;
        return (
          document.body.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true })) || true
        );
      },
      { polling: 'raf' },
      String(place),
      key,
    );
  const text = (selector: string) => page.$eval(selector, ({ textContent }) => textContent ?? '');
  const lines = async () => {
    const [name] = await readdir(inFolder('rating', 'votes'));
    const file = await readFile(inFolder('rating', 'votes', name), 'utf8');
    return file
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  };

  it('begins by a key, and sees pictures pixel for pixel, in one size, with the photograph between', async () => {
    await screen('welcome');
    await page.keyboard.press('Enter');
    await screen('instructions');
    expect(await text('#explained')).toMatch(/more clearly the person/);
    await page.keyboard.press('Enter');
    await page.waitForSelector('body[data-place="0"] #pictures img');
    const sizes = await page.$$eval('#pictures img', (images) =>
      images.map((image) => [image.width * devicePixelRatio, image.naturalWidth]),
    );
    expect(sizes).toEqual([
      [96, 96],
      [192, 192],
      [96, 96],
    ]);
    expect(await page.content()).not.toMatch(/ours|theirs|anna/);
  });

  it('is not heard before the minimum time, then votes by keys; the next pictures are there already', async () => {
    const asked: string[] = [];
    const note = (request: { url(): string }) => asked.push(request.url());
    page.on('request', note);
    await ready(0);
    const early = pressTooEarly(1, 'ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await early;
    await ready(1);
    expect(asked.filter((url) => url.endsWith('/votes'))).toHaveLength(1);
    await page.keyboard.press('ArrowRight');
    await ready(2);
    await page.keyboard.press('x');
    await page.keyboard.press('9');
    page.off('request', note);
    const votes = (await lines()).filter(({ kind }) => kind === 'vote');
    expect(votes.map(({ place, value }) => [place, value])).toEqual([
      [0, -1],
      [1, 1],
    ]);
    for (const { milliseconds } of votes) expect(milliseconds).toBeGreaterThanOrEqual(950);
    expect(new Set(asked.filter((url) => url.includes('/pictures/'))).size).toBe(
      asked.filter((url) => url.includes('/pictures/')).length,
    );
  });

  it('pauses, closes the page, and goes on where it was under its name', async () => {
    await page.keyboard.press('p');
    await screen('paused');
    const name = await text('#paused .name');
    expect(name).toMatch(/^[a-z2-9]{10}$/);
    await page.keyboard.press('ArrowLeft');
    await page.reload();
    await screen('welcome');
    await page.click('#return button');
    await ready(2);
    await page.keyboard.press('ArrowDown');
    await ready(3);
    const all = await lines();
    expect(all.map(({ kind }) => kind)).toEqual(['rater', 'vote', 'vote', 'pause', 'vote']);
    expect(all.at(-1)).toMatchObject({ place: 2, value: 0 });
    expect(all[0]).toMatchObject({ rater: name, screen: { width: 1000, height: 700, ratio: 2 } });
  });

  it('erases by a click, and nothing is left', async () => {
    await page.keyboard.press('p');
    await screen('paused');
    page.once('dialog', (dialog) => void dialog.accept());
    await page.click('#paused .erase');
    await screen('erased');
    expect(await readdir(inFolder('rating', 'votes'))).toEqual(['erased.jsonl']);
    expect(await page.evaluate(() => localStorage.length)).toBe(0);
    expect(errors).toEqual([]);
  });
});
