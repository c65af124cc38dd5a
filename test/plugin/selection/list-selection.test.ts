import { describe, expect, it } from 'vitest';
import type { NodeSpec } from '../../hosts/figma/sandbox/scene-spec.ts';
import { imageFill, openPlugin, select } from '../open-plugin.ts';

describe('the portraits of a selection', () => {
  it('are visible pictures at any depth, in document order, named after instances', async () => {
    const plugin = await openPlugin();
    const fills = [imageFill(await plugin.addImage())];
    plugin.host.plant([
      { type: 'COMPONENT', name: 'Avatar', children: [{ type: 'ELLIPSE', name: 'picture', fills }] },
    ]);
    const { portraits, layers } = await select(plugin, [
      {
        type: 'FRAME',
        name: 'Team',
        children: [
          { type: 'INSTANCE', name: 'Ada', of: 'Avatar' },
          {
            type: 'GROUP',
            children: [
              { type: 'ELLIPSE', name: 'mask', isMask: true, fills },
              { type: 'RECTANGLE', name: 'Bo', fills },
            ],
          },
          { type: 'RECTANGLE', name: 'hidden', visible: false, fills },
          {
            type: 'RECTANGLE',
            name: 'hidden fill',
            fills: [imageFill(fills[0].imageHash, { visible: false })],
          },
          { type: 'BOOLEAN_OPERATION', name: 'part', children: [{ type: 'ELLIPSE', fills }] },
          { type: 'TEXT', name: 'mixed', fills: 'mixed' },
          { type: 'VECTOR', name: 'Cy', locked: true, fills },
        ],
      },
    ]);
    expect(layers).toBe(1);
    expect(portraits.map(({ name }) => name)).toEqual(['Ada', 'Bo', 'Cy']);
    expect(portraits[0].nodeId).toMatch(/^I/);
  });

  it('are counted once where a layer is selected together with the frame around it', async () => {
    const plugin = await openPlugin();
    const fills = [imageFill(await plugin.addImage())];
    plugin.host.plant([
      { type: 'FRAME', name: 'Team', children: [{ type: 'RECTANGLE', name: 'Ada', fills }] },
    ]);
    const [team] = plugin.host.tree().children;
    plugin.host.select(team.id, team.children[0].id);
    plugin.host.run('stylize');
    const { selection } = await plugin.window.plugin.call('start', {});
    expect(selection.portraits).toHaveLength(1);
  });

  it('are looked for once for each layer, and once for several changes of the selection', async () => {
    const plugin = await openPlugin();
    const fills = [imageFill(await plugin.addImage())];
    const looksFor = async (count: number, changes: number) => {
      const team = (name: string): NodeSpec => ({
        type: 'FRAME',
        name,
        children: Array.from({ length: count / 2 }, () => ({ type: 'RECTANGLE' as const, fills })),
      });
      plugin.host.plant([team('one'), team('two')]);
      plugin.host.run('stylize');
      await plugin.window.plugin.call('start', {});
      const ids = plugin.host
        .tree()
        .children.slice(-2)
        .flatMap(({ children }) => children.map(({ id }) => id));
      const [looks, told] = [plugin.host.looks(), plugin.window.selections.length];
      for (let change = 0; change < changes; change++) plugin.host.select(...ids);
      await expect.poll(() => plugin.window.selections.length).toBe(told + 1);
      return plugin.host.looks() - looks;
    };
    const [few, many, often] = [await looksFor(100, 1), await looksFor(400, 1), await looksFor(400, 5)];
    expect(many / few).toBeLessThan(4.5);
    expect(often / many).toBeLessThan(1.1);
  });

  it('are the topmost of several fills that is a picture and no texture', async () => {
    const plugin = await openPlugin();
    const [back, face, grain] = await Promise.all([
      plugin.addImage(40, 40, '#000'),
      plugin.addImage(60, 80, '#fff'),
      plugin.addImage(8, 8, '#123'),
    ]);
    const { portraits } = await select(plugin, [
      {
        type: 'RECTANGLE',
        fills: [
          imageFill(back),
          imageFill(face),
          imageFill(grain, { scaleMode: 'TILE' }),
          imageFill(grain, { opacity: 0.1 }),
          { type: 'SOLID', color: { r: 0, g: 0, b: 0 }, opacity: 0.2 },
        ],
      },
    ]);
    expect(portraits).toMatchObject([{ fill: 1, imageHash: face, pictureWidth: 60, pictureHeight: 80 }]);
  });

  it('say what the layer shows of the picture and how it is turned', async () => {
    const plugin = await openPlugin();
    const imageHash = await plugin.addImage(100, 200);
    const layer = (fill: object) => ({
      type: 'RECTANGLE' as const,
      width: 100,
      height: 100,
      fills: [imageFill(imageHash, fill)],
    });
    const { portraits } = await select(plugin, [
      layer({}),
      layer({ scaleMode: 'FIT' }),
      layer({ rotation: 90 }),
      layer({
        scaleMode: 'CROP',
        imageTransform: [
          [0.5, 0, 0.25],
          [0, 0.25, 0.5],
        ],
      }),
      // The layer's right is the picture's top: the picture is shown turned clockwise by a quarter.
      layer({
        scaleMode: 'CROP',
        imageTransform: [
          [0, 1, 0],
          [-1, 0, 1],
        ],
      }),
    ]);
    expect(portraits.map(({ crop, turn }) => ({ ...crop, turn }))).toEqual([
      { x: 0, y: 0.25, width: 1, height: 0.5, turn: 0 },
      { x: 0, y: 0, width: 1, height: 1, turn: 0 },
      { x: 0, y: 0.25, width: 1, height: 0.5, turn: 90 },
      { x: 0.25, y: 0.5, width: 0.5, height: 0.25, turn: 0 },
      { x: 0, y: 0, width: 1, height: 1, turn: 90 },
    ]);
  });

  it('leave out, with a reason, pictures that Figma does not have', async () => {
    const plugin = await openPlugin();
    const { portraits, skipped } = await select(plugin, [
      { type: 'RECTANGLE', name: 'lost', fills: [imageFill('0000')] },
    ]);
    expect(portraits).toEqual([]);
    expect(skipped).toEqual([{ name: 'lost', reason: 'The picture is missing from the file.' }]);
  });

  it('of a drawing made of layers is the drawing as it looks', async () => {
    const exported: number[] = [];
    const plugin = await openPlugin({
      exportPng: async (_, scale) => {
        exported.push(scale);
        return new Uint8Array([1, 2, 3]);
      },
    });
    const { portraits } = await select(plugin, [
      { type: 'GROUP', name: 'Drawing', children: [{ type: 'VECTOR', width: 256, height: 128 }] },
    ]);
    expect(portraits).toMatchObject([
      { name: 'Drawing', fill: null, width: 256, height: 128, pictureWidth: 1024, pictureHeight: 512 },
    ]);
    const { bytes } = await plugin.window.plugin.call('read-picture', { portrait: portraits[0] });
    expect([...bytes]).toEqual([1, 2, 3]);
    expect(exported).toEqual([4]);
  });

  it('are told anew when the selection changes, the newest last', async () => {
    const plugin = await openPlugin();
    const fills = [imageFill(await plugin.addImage())];
    await select(plugin, [{ type: 'RECTANGLE', name: 'Ada', fills }]);
    plugin.host.select();
    await expect.poll(() => plugin.window.selections.at(-1)).toMatchObject({ layers: 0, portraits: [] });
  });
});

describe('reading a picture', () => {
  it('gives the file as it was uploaded', async () => {
    const plugin = await openPlugin();
    const imageHash = await plugin.addImage(30, 20, '#c0ffee');
    const { portraits } = await select(plugin, [{ type: 'RECTANGLE', fills: [imageFill(imageHash)] }]);
    const { bytes } = await plugin.window.plugin.call('read-picture', { portrait: portraits[0] });
    expect(bytes).toEqual(plugin.host.images.bytes(imageHash));
  });

  it('fails, naming the layer, when it is gone or shows another picture', async () => {
    const plugin = await openPlugin();
    const fills = [imageFill(await plugin.addImage())];
    const { portraits } = await select(plugin, [{ type: 'RECTANGLE', name: 'Ada', fills }]);
    const other = { ...portraits[0], imageHash: 'another' };
    const { plugin: calls } = plugin.window;
    const changed = { code: 'SOURCE_CHANGED', message: expect.stringContaining('Ada') };
    await expect(calls.call('read-picture', { portrait: other })).rejects.toMatchObject(changed);
    plugin.host.remove(portraits[0].nodeId);
    await expect(calls.call('read-picture', { portrait: portraits[0] })).rejects.toMatchObject(changed);
  });
});
