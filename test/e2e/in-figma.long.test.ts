import { beforeEach, describe, expect, it } from 'vitest';
import { findChromium } from '../hosts/chromium.ts';
import { TOKEN } from './renderer-process.ts';
import { fill, openStudio, PATIENCE, press } from './studio.ts';

describe.skipIf(!findChromium())('the window in Figma’s frames', { timeout: PATIENCE }, () => {
  const studio = openStudio();
  beforeEach(() => studio().clear());

  it('starts, though Figma speaks to it from its top window', async () => {
    const window = await studio().host.run('stylize');
    expect(await window.evaluate(() => document.compatMode)).toBe('BackCompat');
    await window.waitForSelector('::-p-text(Select a portrait)');
  });

  it('wears Figma’s theme, which comes late and may differ from the system’s', async () => {
    const { host } = studio();
    for (const [system, figma] of [
      ['light', 'dark'],
      ['dark', 'light'],
    ] as const) {
      await host.page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: system }]);
      await host.wear(figma);
      const window = await host.run('stylize');
      const background = () => window.$eval('body', (body) => getComputedStyle(body).backgroundColor);
      const worn = { light: 'rgb(255, 255, 255)', dark: 'rgb(44, 44, 44)' };
      await expect.poll(background).toBe(worn[figma]);
      await host.wear(system);
      await expect.poll(background).toBe(worn[system]);
    }
  });

  /** What the settings say to an address. */
  async function answerTo(address: string): Promise<string> {
    const window = await studio().host.run('settings');
    await (await window.waitForSelector('summary'))!.click();
    await fill(window, '#renderer-url', address);
    await fill(window, '#renderer-token', TOKEN);
    await press(window, 'Connect');
    const answer = await window.waitForSelector('form [role=status], form [role=alert]');
    return answer!.evaluate(({ textContent }) => textContent ?? '');
  }

  it('says that Figma blocks an address which the manifest does not list', async () => {
    const answer = await answerTo('http://renderer.example.com');
    expect(answer).toMatch(/Figma blocks http:\/\/renderer.example.com/);
    expect(answer).toMatch(/manifest/);
  });

  it('says that the browser blocks this computer, until the user allows it', async () => {
    const { host, renderer } = studio();
    const { port } = new URL(renderer.url);
    await host.letReachThisMachine(false);
    expect(await answerTo(`127.0.0.1:${port}`)).toMatch(
      /the browser has not let Figma connect to this computer/,
    );
    await host.letReachThisMachine(true);
    expect(await answerTo(`127.0.0.1:${port}`)).toMatch(/Connected/);
    const window = await host.run('settings');
    await press(window, 'Disconnect');
  });
});
