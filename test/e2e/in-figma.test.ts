import { beforeEach, describe, expect, it } from 'vitest';
import { findChromium } from '../hosts/chromium.ts';
import { openStudio, PATIENCE } from './studio.ts';

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
});
