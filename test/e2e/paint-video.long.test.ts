import { fileURLToPath } from 'node:url';
import type { Frame } from 'puppeteer';
import sharp from 'sharp';
import { beforeEach, describe, expect, it } from 'vitest';
import { versionOf } from '../../renderer/core/sequences/ffmpeg.ts';
import { findChromium } from '../hosts/chromium.ts';
import { joconde } from '../renderer/run-limner.ts';
import { addStyle, isInView, openStudio, PATIENCE, press, waitForText } from './studio.ts';

const clip = fileURLToPath(new URL('../fixtures/sequences/collins.mp4', import.meta.url));
const canRun = findChromium() && (await versionOf('ffmpeg')) !== null;

describe.skipIf(!canRun)('a designer with a video file', { timeout: PATIENCE }, () => {
  const studio = openStudio();
  beforeEach(() => studio().clear());

  /** A window with a style and a paired renderer. */
  async function opened(): Promise<Frame> {
    await studio().pair();
    const window = await studio().host.run('stylize');
    await addStyle(window, joconde);
    return window;
  }

  async function paint(window: Frame): Promise<void> {
    await window.waitForSelector('section[aria-label=Video] button:not([disabled])', { timeout: PATIENCE });
    const picker = await window.waitForSelector('section[aria-label=Video] input[type=file]');
    await (picker as NonNullable<typeof picker>).uploadFile(clip);
  }

  it('gets a layer that plays it, painted, one step to undo', async () => {
    const { host } = studio();
    const window = await opened();
    await paint(window);
    await waitForText(window, 'Painting collins.mp4');
    await studio().screenshot('paint-video');
    await waitForText(window, 'collins.mp4 is painted.');
    expect(await isInView(window, 'section[aria-label=Video] [role=status]')).toBe(true);
    await studio().screenshot('video-painted');
    const [layer] = await studio().layers();
    expect(layer).toMatchObject({ name: 'collins.mp4 · joconde', width: 160, height: 160 });
    expect(layer.props.fills).toMatchObject([{ type: 'VIDEO' }]);
    const head = await host.ask((figma) => [...[...figma.videos.values()].at(-1)!.subarray(4, 8)]);
    expect(String.fromCharCode(...head)).toBe('ftyp');
    expect(await host.ask((figma) => figma.notices.at(-1))).toMatchObject({ button: 'Show' });
    await host.ask((figma) => figma.undo());
    expect(await studio().layers()).toEqual([]);
    expect(host.errors).toEqual([]);
  });

  it('gets a GIF where the team’s plan takes no videos, and is told so', async () => {
    await studio().host.ask((figma) => {
      figma.isPaid = false;
    });
    const window = await studio().host.run('stylize');
    await paint(window);
    await waitForText(window, 'it became a GIF');
    const [layer] = await studio().layers();
    const { pages } = await sharp(await studio().pictureOf(layer), { animated: true }).metadata();
    expect(pages).toBe(8);
  });

  it('closes the window meanwhile, opens it again, and gets one layer', async () => {
    const { host } = studio();
    const first = await host.run('stylize');
    await studio().pauseRenderer(true);
    try {
      // The window waits for the job once the plugin knows of it.
      const waits = host.page.waitForRequest((request) => /\/v1\/jobs\/[^/]+\/events/.test(request.url()), {
        timeout: PATIENCE,
      });
      await paint(first);
      await waits;
      await waitForText(await host.run('stylize'), 'Painting collins.mp4');
    } finally {
      await studio().pauseRenderer(false);
    }
    // Closed as soon as there is a layer, before the window can do anything about it.
    await host.page.evaluate(async () => {
      while (window.host.tree().children.length === 0) await new Promise((resolve) => setTimeout(resolve));
      window.host.close();
    });
    const again = await host.run('stylize');
    await again.waitForSelector('section[aria-label=Video] button:not([disabled])', { timeout: PATIENCE });
    expect(await again.$('section[aria-label=Video] [role=status]')).toBeNull();
    expect(await studio().layers()).toHaveLength(1);
  });

  it('can stop it, and nothing appears', async () => {
    const window = await studio().host.run('stylize');
    await paint(window);
    await waitForText(window, 'Painting collins.mp4');
    await press(window, 'Cancel');
    await waitForText(window, 'collins.mp4 was cancelled.');
    expect(await studio().layers()).toEqual([]);
  });
});
