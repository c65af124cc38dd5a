/** Who runs a renderer, at the page for it, in a browser: pauses, retries, calls webhooks again, makes and ends tokens. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { finishJob, startJob } from '../../../renderer/server/jobs/run-state.ts';
import { setTenant } from '../../../renderer/server/jobs/tenants.ts';
import { rotateToken } from '../../../renderer/server/jobs/tokens.ts';
import { findChromium, launchChromium } from '../../hosts/chromium.ts';
import { noise } from '../core/pictures/samples.ts';
import { TOKEN, testRenderer } from './renderer.ts';

const renderer = testRenderer({ worker: false, webhookHosts: ['localhost'] });

describe.skipIf(!findChromium())('the page for administration', () => {
  let browser: Browser;
  let page: Page;
  let receiver: Server;
  let calls = 0;
  const errors: string[] = [];

  beforeAll(async () => {
    receiver = createServer((_, response) => {
      calls++;
      response.writeHead(calls === 1 ? 204 : 200).end();
    }).listen(0, '127.0.0.1');
    await once(receiver, 'listening');
    const { client, database } = renderer;
    const picture = await client.uploadPicture(await noise(24, 24).png().toBuffer());
    const url = `http://localhost:${(receiver.address() as AddressInfo).port}/`;
    const webhook = { url, secret: 'a secret of sixteen or more' };
    for (const id of ['broken', 'waiting']) await client.putJob(id, { kind: 'upscale', picture, webhook });
    const attempt = (await startJob(database, 'broken'))!;
    const error = { code: 'WORKER_LOST', message: 'It was lost <b>too often</b>.' };
    await finishJob(database, attempt, { error });
    await setTenant(database, 'acme', { maxJobs: 3 });
    browser = await launchChromium();
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    receiver?.close();
  });

  /** The page as whoever has this token sees it, once there is something to be seen. */
  async function openAs(token: string): Promise<void> {
    page = await browser.newPage();
    page.on('pageerror', (error) => errors.push(String(error)));
    // A browser's own word on what was refused; such answers are shown by the page.
    page.on('console', (message) => {
      if (message.type() === 'error' && !/status of 40[13]/.test(message.text())) errors.push(message.text());
    });
    page.on('dialog', (dialog) => void dialog.accept());
    await page.goto(`${renderer.url}/admin`);
    await page.type('#token', token);
    await page.keyboard.press('Enter');
    await page.waitForSelector('#main:not([hidden])');
  }
  const shows = (selector: string, text: string) =>
    page.waitForFunction(
      (where, what) => document.querySelector(where)?.textContent?.includes(what),
      { timeout: 120_000 },
      selector,
      text,
    );
  const rows = (id: string) =>
    page.$$eval(`#${id} tr`, (found) => found.map(({ textContent }) => textContent ?? ''));
  // A locator tries again where the row was drawn anew between finding and pressing.
  const pressIn = (id: string, row: string, label: string) =>
    page.locator(`::-p-xpath(//*[@id="${id}"]//tr[contains(., "${row}")]//button[.="${label}"])`).click();

  it('pauses the queue and lets it go on', async () => {
    await openAs(TOKEN);
    await shows('#pause', 'Pause');
    await page.click('#pause');
    await shows('#paused', 'paused since');
    expect(await (await renderer.fetch('/v1/queue')).json()).toMatchObject({ isPaused: true, by: 'tests' });
    await page.click('#pause');
    await shows('#paused', 'goes on');
    expect(await (await renderer.fetch('/v1/queue')).json()).toEqual({
      isPaused: false,
      since: null,
      by: null,
    });
  }, 120_000);

  it('leaves rows as they are that say the same, so that no press is lost', async () => {
    await shows('#failures', 'broken');
    await page.$eval('#failures tr', (row) => Object.assign(row, { isSame: true }));
    const refreshed = () => page.waitForResponse((answer) => answer.url().includes('state=failed'));
    for (const said of ['paused since', 'goes on']) {
      await Promise.all([refreshed(), page.click('#pause')]);
      await shows('#paused', said);
    }
    await Promise.all([refreshed(), page.click('#only-failed')]);
    await page.click('#only-failed');
    expect(await page.$eval('#failures tr', (row) => 'isSame' in row)).toBe(true);
  }, 120_000);

  it('shows what failed, as text, and retries it', async () => {
    await shows('#failures', 'It was lost <b>too often</b>. [WORKER_LOST]');
    await pressIn('failures', 'broken', 'Retry');
    await shows('#active', 'broken');
    await shows('#failures', 'None.');
    expect(await renderer.client.job('broken')).toMatchObject({ state: 'queued', error: null, attempts: 1 });
  }, 120_000);

  it('shows calls of webhooks, and calls again', async () => {
    await shows('#deliveries', '204');
    const before = calls;
    await pressIn('active', 'waiting', 'Cancel');
    await shows('#deliveries', 'waiting');
    await expect.poll(() => calls).toBe(before + 1);
    await pressIn('deliveries', 'waiting', 'Call again');
    await expect.poll(() => calls).toBe(before + 2);
    await page.click('#only-failed');
    await shows('#deliveries', 'None.');
  }, 120_000);

  it('makes a token that works, and ends it', async () => {
    await page.type('#token-name', 'builder');
    await page.click('#new-token button');
    await page.waitForSelector('#made:not(:empty)');
    const made = await page.$eval('#made', ({ textContent }) => textContent ?? '');
    const ask = async () =>
      (await fetch(`${renderer.url}/v1/jobs`, { headers: { authorization: `Bearer ${made}` } })).status;
    expect(await ask()).toBe(200);
    await pressIn('tokens', 'builder', 'Revoke');
    await expect.poll(ask).toBe(401);
    await expect.poll(() => rows('tokens')).toHaveLength(1);
  }, 120_000);

  it('shows an operator any tenant, and a member neither tenants nor the pause', async () => {
    await shows('#tenants', 'acme');
    await page.select('#tenant', 'acme');
    await shows('#failures', 'None.');
    await shows('#deliveries', 'None.');
    await page.close();
    await openAs(await rotateToken(renderer.database, 'member', { tenant: 'acme', roles: ['render'] }));
    await shows('#tokens', 'has not the role admin');
    expect(await page.$eval('#tenants-title', (title) => (title as HTMLElement).hidden)).toBe(true);
    await page.click('#pause');
    await shows('#message', 'has not the role operator');
  }, 120_000);

  it('does so without an error, and under its policy', () => {
    expect(errors).toEqual([]);
  });
});
