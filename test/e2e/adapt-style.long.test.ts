import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { findChromium } from '../hosts/chromium.ts';
import { joconde } from '../renderer/run-limner.ts';
import { TOKEN } from './renderer-process.ts';
import { openStudio, PATIENCE, press } from './studio.ts';

describe.skipIf(!findChromium())('a designer with a painting', { timeout: 3 * PATIENCE }, () => {
  const studio = openStudio();

  it('has the renderer adapt to it, sees what that gains, and keeps the style', async () => {
    const { host, renderer } = studio();
    await studio().pair();
    await studio().place('Mona Lisa', await readFile(joconde));
    const window = await host.run('new-style');
    await press(window, 'Adapt style');
    await window.waitForSelector('[role=progressbar]');
    await studio().screenshot('adapting');
    await expect
      .poll(() => host.ask((figma) => figma.suggest('style', '')), { timeout: 2 * PATIENCE, interval: 1000 })
      .toContain('Mona Lisa');
    // On a machine that is busy with other work the steps of a minute may gain nothing, which is said, too.
    const said = await window.waitForFunction(
      () => /Enlarged strokes come \d+ % nearer|gained nothing/.exec(document.body.innerText)?.[0],
      { timeout: PATIENCE },
    );
    if ((await said.jsonValue())?.startsWith('Enlarged'))
      await window.waitForSelector('figure canvas[aria-label="The same detail after"]', {
        timeout: PATIENCE,
      });
    await studio().screenshot('adapted');
    const answer = await fetch(`${renderer.url}/v1/styles`, {
      headers: { authorization: `Bearer ${TOKEN}` },
    });
    const { styles } = (await answer.json()) as { styles: { name: string; id: string }[] };
    expect(styles.map(({ name }) => name)).toEqual(['Mona Lisa']);
    const file = await fetch(`${renderer.url}/v1/styles/${styles[0].id}`, {
      headers: { authorization: `Bearer ${TOKEN}` },
    });
    expect((await file.arrayBuffer()).byteLength).toBeGreaterThan(100_000);
    expect(host.errors).toEqual([]);
  });
});
