import sharp from 'sharp';
import { beforeEach, describe, expect, it } from 'vitest';
import { findChromium } from '../hosts/chromium.ts';
import { joconde } from '../renderer/run-limner.ts';
import {
  act,
  addStyle,
  choose,
  isInView,
  itemsIn,
  openStudio,
  PATIENCE,
  portrait,
  press,
  shuttle,
} from './studio.ts';

describe.skipIf(!findChromium())('a designer with a frame of avatars', { timeout: 2 * PATIENCE }, () => {
  const studio = openStudio();
  beforeEach(() => studio().clear());

  /** A wrapped auto layout of avatars, each in a light of its own. */
  async function placeTeam(count: number, ...others: { name: string; file: Buffer }[]) {
    const face = await portrait(160);
    const files = Array.from({ length: count }, async (_, index) => ({
      name: `Person ${index + 1}`,
      file: await sharp(face)
        .modulate({ brightness: 0.7 + index / 60, hue: index })
        .png()
        .toBuffer(),
    }));
    const avatars = [...(await Promise.all(files)), ...others];
    const children = await Promise.all(
      avatars.map(async ({ name, file }) => ({
        type: 'ELLIPSE' as const,
        name,
        width: 60,
        height: 60,
        fills: [await studio().pictureFill(file)],
      })),
    );
    const [id] = await studio().host.plant([
      {
        type: 'FRAME',
        name: 'Team',
        width: 720,
        height: 330,
        layoutMode: 'HORIZONTAL',
        layoutWrap: 'WRAP',
        itemSpacing: 10,
        paddingLeft: 10,
        paddingTop: 10,
        children,
      },
    ]);
    await studio().host.select(id);
  }

  const team = async () => (await studio().layers())[0].children;

  it('stylizes forty at once; one without a face among them is left as it is', async () => {
    const { host } = studio();
    await studio().pair();
    await placeTeam(40, { name: 'Shuttle', file: await shuttle(160) });
    const before = await team();
    const steps = await host.ask((figma) => figma.undoSteps());
    const window = await host.run('stylize');
    await addStyle(window, joconde);
    await choose(window, 'Size', '1');
    await act(window);
    await itemsIn(window, ['waiting', 'running', 'done', 'skipped', 'failed'], 41);
    expect(await isInView(window, 'li[data-state]')).toBe(true);
    await studio().screenshot('batch');
    const items = await itemsIn(window, ['done', 'skipped', 'failed'], 41);
    expect(items.filter(({ state }) => state !== 'done')).toMatchObject([
      { state: 'skipped', text: expect.stringMatching(/Shuttle.*face/) },
    ]);

    const after = await team();
    const kept = after.filter(({ id }) => before.some((layer) => layer.id === id));
    expect(kept).toEqual(before);
    expect(after).toHaveLength(81);
    for (const [index, original] of before.slice(0, 40).entries()) {
      const made = after.find(({ name }) => name === `Person ${index + 1} · joconde`);
      expect(made?.absoluteTransform, original.name).toEqual(original.absoluteTransform);
    }
    expect(new Set(after.map(({ props }) => JSON.stringify(props.fills))).size).toBe(81);
    expect(await host.ask((figma) => figma.undoSteps())).toBe(steps + 1);
    await expect
      .poll(() => host.ask((figma) => figma.notices.at(-1)?.message))
      .toBe('40 pictures done, 1 without a face left as it is.');
    await studio().screenshot('batch-done');
    expect(host.errors).toEqual([]);
  });

  it('cancels in the middle: what is done stays, the rest can be tried again', async () => {
    await placeTeam(12);
    const window = await studio().host.run('stylize');
    await act(window);
    await window.waitForSelector('li[data-state=done]', { timeout: PATIENCE });
    await press(window, 'Cancel all');
    const items = await itemsIn(window, ['done', 'cancelled'], 12);
    const done = items.filter(({ state }) => state === 'done').length;
    expect(done).toBeLessThan(12);
    expect(await team()).toHaveLength(12 + done);
    const last = items.findLast(({ state }) => state === 'cancelled')!.text;
    const name = /Person \d+/.exec(last)![0];
    await press(window, `Retry ${name}`);
    await itemsIn(window, ['done', 'cancelled'], 12);
    expect((await team()).map((layer) => layer.name)).toContain(`${name} · joconde`);
    expect(await team()).toHaveLength(13 + done);
  });
});
