import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../protocol/plugin-data.ts';
import type { Result } from '../../../protocol/plugin-messages.ts';
import type { NodeSpec, NodeState } from '../../hosts/figma/sandbox/scene-spec.ts';
import { allIn, byName, imageFill, openPlugin, resultFor, select } from '../open-plugin.ts';
import { png } from '../pictures.ts';

/** The plugin with some layers selected, and a way to apply a result to the first portrait in them. */
async function ready(layers: (imageHash: string) => readonly NodeSpec[]) {
  const plugin = await openPlugin();
  const imageHash = await plugin.addImage(40, 50);
  const { portraits } = await select(plugin, layers(imageHash));
  const apply = async (more: Partial<Result> = {}) =>
    plugin.window.plugin.call('apply-result', await resultFor(portraits[0], more));
  return { ...plugin, portraits, imageHash, apply };
}

const looks = {
  opacity: 0.8,
  blendMode: 'MULTIPLY',
  topLeftRadius: 12,
  effects: [{ type: 'LAYER_BLUR', radius: 4, visible: true, blurType: 'NORMAL' }],
  constraints: { horizontal: 'SCALE', vertical: 'MAX' },
};

describe('a result', () => {
  it('is a copy beside the original that differs in its picture alone', async () => {
    const crop = {
      scaleMode: 'CROP',
      imageTransform: [
        [0.5, 0, 0.25],
        [0, 0.5, 0],
      ],
      filters: { contrast: 0.3 },
    };
    const { host, apply, imageHash } = await ready((hash) => [
      {
        type: 'RECTANGLE',
        name: 'Ada',
        x: 10,
        y: 20,
        width: 120,
        height: 90,
        locked: true,
        ...looks,
        fills: [{ type: 'SOLID', color: { r: 1, g: 0, b: 0 } }, imageFill(hash, crop)],
      },
    ]);
    const before = byName(host.tree(), 'Ada');
    const { nodeId, placed } = await apply();
    expect(placed).toBe('beside');
    expect(byName(host.tree(), 'Ada')).toEqual(before);
    const made = byName(host.tree(), 'Ada · Mona Lisa');
    expect(made.id).toBe(nodeId);
    const [solid, picture] = made.props.fills!;
    expect([solid, { ...picture, imageHash }]).toEqual(before.props.fills);
    expect(host.images.find((picture as { imageHash: string }).imageHash)).toMatchObject({
      width: 160,
      height: 200,
    });
    expect(made).toMatchObject({ width: 120, height: 90, parent: before.parent, props: looks });
    expect(made.props['locked']).toBe(false);
    expect(made.bounds).toMatchObject({ x: 10 + 120 + 40, y: 20 });
  });

  it('stands further along when others are there already', async () => {
    const { host, apply } = await ready((hash) => [
      { type: 'ELLIPSE', name: 'Ada', fills: [imageFill(hash)] },
    ]);
    for (const styleName of ['one', 'two', 'three']) await apply({ styleName });
    const places = ['one', 'two', 'three'].map((style) => byName(host.tree(), `Ada · ${style}`).bounds.x);
    expect(places).toEqual([140, 280, 420]);
  });

  it('says in its plugin data how it was made, and offers to go on', async () => {
    const { host, apply, portraits } = await ready((hash) => [
      { type: 'ELLIPSE', name: 'Ada', fills: [imageFill(hash)] },
    ]);
    await apply({ jobId: 'job-7' });
    const { pluginData, relaunchData } = byName(host.tree(), 'Ada · Mona Lisa');
    expect(JSON.parse(pluginData['result'])).toEqual({
      style: { name: 'Mona Lisa', id: 'mona' },
      look: {
        likeness: 0.5,
        tone: 0.5,
        shape: 0,
        strokes: 1,
        proportions: 'auto',
        exaggerate: 0,
        strength: 1,
        background: 'style',
        referenceFace: 0,
        quality: 'standard',
        scale: 'layer',
      },
      source: { nodeId: portraits[0].nodeId, imageHash: portraits[0].imageHash },
      jobId: 'job-7',
    });
    expect(Object.keys(relaunchData)).toEqual(['stylize', 'upscale']);
  });

  it('is one undo step together with the others of its batch', async () => {
    const { host, apply, window } = await ready((hash) => [
      { type: 'ELLIPSE', name: 'Ada', fills: [imageFill(hash)] },
    ]);
    const steps = host.undoSteps();
    for (const styleName of ['one', 'two']) {
      await apply({ styleName });
      await apply({ styleName });
      await window.plugin.call('commit', {});
    }
    expect(host.undoSteps()).toBe(steps + 2);
    host.undo();
    expect(host.tree().children.map(({ name }) => name)).toEqual(['Ada', 'Ada · one', 'Ada · one']);
  });

  it('of a layer on another page, when a job is gone on with, is put there', async () => {
    const { host, apply, window, portraits } = await ready((hash) => [
      { type: 'ELLIPSE', name: 'Ada', fills: [imageFill(hash)] },
    ]);
    host.goToPage(1);
    host.run('stylize');
    await window.plugin.call('start', {});
    expect(await apply()).toMatchObject({ placed: 'beside' });
    host.goToPage(0);
    expect(host.tree().children.map(({ name }) => name)).toEqual(['Ada', 'Ada · Mona Lisa']);
    expect(portraits).toHaveLength(1);
  });

  it('in a frame, group or mask lies exactly above the original', async () => {
    const turned = [
      [0.8, -0.6, 30],
      [0.6, 0.8, 10],
    ];
    const { host, apply } = await ready((hash) => [
      {
        type: 'FRAME',
        x: 100,
        children: [
          {
            type: 'GROUP',
            name: 'Masked',
            children: [
              { type: 'ELLIPSE', name: 'mask', isMask: true },
              { type: 'RECTANGLE', name: 'Ada', relativeTransform: turned, fills: [imageFill(hash)] },
              { type: 'TEXT', name: 'caption' },
            ],
          },
        ],
      },
    ]);
    const { placed } = await apply();
    expect(placed).toBe('above');
    const group = byName(host.tree(), 'Masked');
    expect(group.children.map(({ name }) => name)).toEqual(['mask', 'Ada', 'Ada · Mona Lisa', 'caption']);
    expect(group.children[2].absoluteTransform).toEqual(group.children[1].absoluteTransform);
  });

  it('moves nothing in an auto layout', async () => {
    const { host, apply } = await ready((hash) => [
      {
        type: 'FRAME',
        name: 'Row',
        layoutMode: 'HORIZONTAL',
        itemSpacing: 10,
        width: 500,
        children: ['Ada', 'Bo', 'Cy'].map((name) => ({
          type: 'ELLIPSE' as const,
          name,
          fills: [imageFill(hash)],
        })),
      },
    ]);
    await apply();
    const places = ['Ada', 'Ada · Mona Lisa', 'Bo', 'Cy'].map((name) => byName(host.tree(), name).bounds.x);
    expect(places).toEqual([0, 0, 110, 220]);
  });

  it('of a layer inside an instance is a copy of the instance', async () => {
    const { host, window, imageHash } = await ready((hash) => [
      {
        type: 'COMPONENT',
        name: 'Avatar',
        y: 300,
        children: [{ type: 'ELLIPSE', name: 'picture', x: 5, fills: [imageFill(hash)] }],
      },
    ]);
    const { portraits } = await select({ host, window } as never, [
      { type: 'INSTANCE', name: 'Bo', of: 'Avatar' },
    ]);
    await window.plugin.call('apply-result', await resultFor(portraits[0]));
    const made = byName(host.tree(), 'Bo · Mona Lisa');
    expect(made.type).toBe('INSTANCE');
    expect(made.bounds.x).toBe(140);
    const pictures = allIn(host.tree()).filter(({ name }) => name === 'picture');
    const changed = pictures.filter(
      ({ props }) => (props.fills![0] as { imageHash: string }).imageHash !== imageHash,
    );
    expect(changed.map(({ parent }) => parent)).toEqual([made.id]);
  });

  it('of a component is a frame beside it, or beside its set', async () => {
    const { host, apply } = await ready((hash) => [
      {
        type: 'COMPONENT_SET',
        name: 'Avatars',
        width: 300,
        height: 200,
        children: [
          {
            type: 'COMPONENT',
            name: 'Size=Small',
            x: 20,
            y: 30,
            children: [{ type: 'ELLIPSE', fills: [imageFill(hash)] }],
          },
        ],
      },
    ]);
    await apply();
    const made = byName(host.tree(), 'Size=Small · Mona Lisa');
    expect(made).toMatchObject({ type: 'FRAME', parent: '0:1', bounds: { x: 20 + 340, y: 30 } });
  });

  it('of a drawing is a rectangle with the bounds of the drawing', async () => {
    const { host, apply } = await ready(() => [
      {
        type: 'GROUP',
        name: 'Drawing',
        children: [{ type: 'VECTOR', x: 30, y: 40, width: 256, height: 128 }],
      },
    ]);
    await apply();
    const made = byName(host.tree(), 'Drawing · Mona Lisa');
    expect(made).toMatchObject({
      type: 'RECTANGLE',
      bounds: { x: 30 + 256 + 40, y: 40, width: 256, height: 128 },
    });
  });

  it('replaces the original only when asked', async () => {
    const { host, apply, portraits } = await ready((hash) => [
      { type: 'RECTANGLE', name: 'Ada', fills: [imageFill(hash, { scaleMode: 'TILE', scalingFactor: 2 })] },
    ]);
    const answer = await apply({ original: 'replace' });
    expect(answer).toEqual({ nodeId: portraits[0].nodeId, placed: 'replaced' });
    const [ada] = host.tree().children;
    expect(host.tree().children).toHaveLength(1);
    // Four times the pixels at a quarter of the size: the pattern repeats as it did.
    expect(ada.props.fills).toMatchObject([{ scaleMode: 'TILE', scalingFactor: 0.5 }]);
    host.undo();
    expect(host.tree().children[0].props.fills).toMatchObject([{ imageHash: portraits[0].imageHash }]);
  });

  it('that Figma refuses changes nothing', async () => {
    const { host, apply } = await ready((hash) => [
      { type: 'RECTANGLE', name: 'Ada', fills: [imageFill(hash)] },
    ]);
    const before = host.tree();
    const place = { x: 0, y: 0, width: 4096, height: 16 };
    for (const bytes of [await png(4097, 16), new Uint8Array([1, 2, 3])])
      await expect(apply({ tiles: [{ ...place, bytes }] })).rejects.toMatchObject({
        code: 'NOT_PLACED',
        message: expect.stringContaining('Ada'),
      });
    await expect(apply({ tiles: [{ ...place, bytes: await png(16, 16) }] })).rejects.toMatchObject({
      code: 'BAD_MESSAGE',
    });
    expect(host.tree()).toEqual(before);
  });

  it('whose original is gone, or that was cancelled, is not placed', async () => {
    const { host, window, portraits } = await ready((hash) => [
      { type: 'RECTANGLE', name: 'Ada', fills: [imageFill(hash)] },
    ]);
    const stop = new AbortController();
    const cancelled = window.plugin.call('apply-result', await resultFor(portraits[0]), {
      signal: stop.signal,
    });
    stop.abort();
    await expect(cancelled).rejects.toMatchObject({ code: 'ABORTED' });
    expect(host.tree().children).toHaveLength(1);
    host.remove(portraits[0].nodeId);
    const gone = window.plugin.call('apply-result', await resultFor(portraits[0]));
    await expect(gone).rejects.toMatchObject({ code: 'SOURCE_CHANGED' });
    expect(host.tree().children).toEqual([]);
  });
});

describe('a result that is selected', () => {
  it('is restyled from its original, as long as that shows the same picture', async () => {
    const { host, window, apply, portraits, addImage } = await ready((hash) => [
      { type: 'ELLIPSE', name: 'Ada', fills: [imageFill(hash)] },
    ]);
    const selected = async (...ids: string[]) => {
      const before = window.selections.length;
      host.select(...ids);
      await expect.poll(() => window.selections.length).toBeGreaterThan(before);
      return window.selections.at(-1)!;
    };
    const { nodeId } = await apply();
    const alone = await selected(nodeId);
    expect(alone.portraits).toMatchObject([{ nodeId, name: 'Ada · Mona Lisa' }]);
    expect(alone.originals).toEqual(portraits);
    expect((await selected(nodeId, portraits[0].nodeId)).originals).toEqual(portraits);
    const other = await addImage(10, 10, '#123456');
    host.change(portraits[0].nodeId, { fills: [imageFill(other)] });
    expect((await selected(nodeId)).originals).toMatchObject([{ nodeId }]);
  });
});

describe('the original of a result', () => {
  const inFrame = (hash: string, more: object = {}): NodeSpec[] => [
    {
      type: 'FRAME',
      name: 'Team',
      width: 400,
      ...more,
      children: [
        { type: 'ELLIPSE', name: 'Ada', fills: [imageFill(hash)] },
        { type: 'ELLIPSE', name: 'Bo' },
      ],
    },
  ];
  const cutOut = { look: { ...DEFAULT_SETTINGS.look, background: 'transparent' as const } };
  const isHidden = ({ props }: NodeState) => props['visible'] === false;

  it('is hidden under a cut-out that lies above it, through which it would show', async () => {
    const { host, apply } = await ready((hash) => inFrame(hash));
    await apply();
    expect(isHidden(byName(host.tree(), 'Ada'))).toBe(false);
    await apply({ ...cutOut, styleName: 'cut-out' });
    expect(isHidden(byName(host.tree(), 'Ada'))).toBe(true);
    expect(isHidden(byName(host.tree(), 'Ada · cut-out'))).toBe(false);
  });

  it('stays beside a cut-out on the page, and is hidden there where the user wants it', async () => {
    const { host, apply } = await ready((hash) => [
      { type: 'ELLIPSE', name: 'Ada', fills: [imageFill(hash)] },
    ]);
    await apply(cutOut);
    expect(isHidden(byName(host.tree(), 'Ada'))).toBe(false);
    await apply({ original: 'hide', styleName: 'other' });
    expect(isHidden(byName(host.tree(), 'Ada'))).toBe(true);
    expect(isHidden(byName(host.tree(), 'Ada · other'))).toBe(false);
  });

  it('gives its place in auto layout to the result when it is hidden, and again to the next', async () => {
    const { host, apply } = await ready((hash) =>
      inFrame(hash, { layoutMode: 'HORIZONTAL', itemSpacing: 10 }),
    );
    const before = byName(host.tree(), 'Ada').bounds;
    const { placed } = await apply({ original: 'hide' });
    expect(placed).toBe('instead');
    const made = byName(host.tree(), 'Ada · Mona Lisa');
    expect(made.props['layoutPositioning'] ?? 'AUTO').toBe('AUTO');
    expect(made.bounds).toEqual(before);
    await apply({ original: 'hide', styleName: 'other' });
    expect(byName(host.tree(), 'Ada · other').bounds).toEqual(before);
    expect(isHidden(byName(host.tree(), 'Ada · Mona Lisa'))).toBe(true);
    expect(byName(host.tree(), 'Bo').bounds.x).toBe(110);
  });
});

describe('showing results', () => {
  it('is offered by a button, and takes over nothing before', async () => {
    const { host, window, apply } = await ready((hash) => [
      { type: 'ELLIPSE', name: 'Ada', fills: [imageFill(hash)] },
    ]);
    const selected = host.selection();
    const { nodeId } = await apply();
    await window.plugin.call('notify', { message: '1 layer added.', error: false, nodeIds: [nodeId] });
    expect(host.notices).toEqual([{ message: '1 layer added.', error: false, button: 'Show' }]);
    expect(host.selection()).toEqual(selected);
    host.pressNotice();
    await expect.poll(() => host.selection()).toEqual([nodeId]);
    expect(host.scrolledTo).toEqual([nodeId]);
  });

  it('selects those that are still there and scrolls to them', async () => {
    const { host, window, apply } = await ready((hash) => [
      { type: 'ELLIPSE', name: 'Ada', fills: [imageFill(hash)] },
    ]);
    const { nodeId } = await apply();
    await window.plugin.call('show', { nodeIds: ['9:9', nodeId] });
    expect(host.selection()).toEqual([nodeId]);
    expect(host.scrolledTo).toEqual([nodeId]);
  });

  it('finds the results in a frame no portraits when the frame is restyled again', async () => {
    const { host, window, apply } = await ready((hash) => [
      { type: 'FRAME', name: 'Team', children: [{ type: 'ELLIPSE', name: 'Ada', fills: [imageFill(hash)] }] },
    ]);
    const { nodeId } = await apply();
    host.run('stylize');
    const { selection } = await window.plugin.call('start', {});
    expect(selection.portraits.map(({ name }) => name)).toEqual(['Ada']);
    host.select(nodeId);
    await expect
      .poll(() => window.selections.at(-1)?.portraits.map(({ name }) => name))
      .toEqual(['Ada · Mona Lisa']);
  });
});
