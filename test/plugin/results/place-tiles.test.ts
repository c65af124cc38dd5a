import { describe, expect, it } from 'vitest';
import type { Portrait } from '../../../protocol/portrait.ts';
import type { NodeSpec, NodeState } from '../../hosts/figma/sandbox/scene-spec.ts';
import { allIn, byName, imageFill, openPlugin, resultFor, select } from '../open-plugin.ts';
import { png } from '../pictures.ts';

/** A result of 6000×9000 px in tiles that overlap by 8 px. */
async function inTiles(portrait: Portrait) {
  const [width, height] = [6000, 9000];
  const cut = (whole: number) => {
    const starts = Array.from({ length: Math.ceil(whole / 4000) }, (_, index) => index * 4000);
    return starts.map((start) => ({ start, size: Math.min(4008, whole - start) }));
  };
  const tiles = await Promise.all(
    cut(height).flatMap((row) =>
      cut(width).map(async (column) => ({
        x: column.start,
        y: row.start,
        width: column.size,
        height: row.size,
        bytes: await png(column.size, row.size),
      })),
    ),
  );
  return resultFor(portrait, { width, height, tiles });
}

async function apply(layer: (imageHash: string) => NodeSpec) {
  const plugin = await openPlugin();
  const imageHash = await plugin.addImage(20, 30);
  const { portraits } = await select(plugin, [layer(imageHash)]);
  const result = await inTiles(portraits[0]);
  const answer = await plugin.window.plugin.call('apply-result', result);
  return { ...plugin, answer, tiles: result.tiles, tree: plugin.host.tree() };
}

/** Where a point of the picture, in its pixels, is on the canvas according to one of the tiles. */
function onCanvas(
  tile: NodeState,
  place: { x: number; y: number; width: number; height: number },
  at: [number, number],
) {
  const [[a, b, tx], [c, d, ty]] = tile.absoluteTransform;
  const across = ((at[0] - place.x) * tile.width) / place.width;
  const down = ((at[1] - place.y) * tile.height) / place.height;
  return [a * across + b * down + tx, c * across + d * down + ty];
}

const tilesIn = (grid: NodeState) => grid.children.filter(({ name }) => /^\d+, \d+$/.test(name));

describe('a result larger than 4096 px', () => {
  it('in an instance with hidden layers goes into the layer that it was made from', async () => {
    const plugin = await openPlugin();
    const fills = [imageFill(await plugin.addImage(20, 30))];
    plugin.host.plant([
      {
        type: 'COMPONENT',
        name: 'Card',
        children: [
          { type: 'ELLIPSE', name: 'badge', visible: false },
          { type: 'RECTANGLE', name: 'photo', fills },
          { type: 'RECTANGLE', name: 'border' },
        ],
      },
    ]);
    const { portraits } = await select(plugin, [{ type: 'INSTANCE', name: 'Ada', of: 'Card' }]);
    await plugin.window.plugin.call('apply-result', await inTiles(portraits[0]));
    const made = byName(plugin.host.tree(), 'Ada · Mona Lisa');
    expect(made.children.map(({ type, name }) => [type, name])).toEqual([
      ['ELLIPSE', 'badge'],
      ['FRAME', 'photo'],
      ['RECTANGLE', 'border'],
    ]);
  });

  it('is masked by a boolean operation, which has no constraints', async () => {
    const { tree } = await apply((hash) => ({
      type: 'BOOLEAN_OPERATION',
      name: 'Ada',
      width: 200,
      height: 200,
      fills: [imageFill(hash)],
      children: [{ type: 'ELLIPSE', width: 200, height: 200 }],
    }));
    const made = byName(tree, 'Ada · Mona Lisa');
    expect(made.type).toBe('FRAME');
    expect(allIn(made).find(({ props }) => props['isMask'])?.type).toBe('BOOLEAN_OPERATION');
  });

  it('becomes a grid of tiles, all of which agree where every point of the picture is', async () => {
    const { tree, tiles, answer } = await apply((hash) => ({
      type: 'ELLIPSE',
      name: 'Ada',
      width: 200,
      height: 200,
      opacity: 0.5,
      effects: [{ type: 'LAYER_BLUR', radius: 1 }],
      strokes: [{ type: 'SOLID', color: { r: 0, g: 0, b: 1 } }],
      fills: [{ type: 'SOLID', color: { r: 1, g: 0, b: 0 } }, imageFill(hash)],
    }));
    const made = byName(tree, 'Ada · Mona Lisa');
    expect(made).toMatchObject({
      id: answer.nodeId,
      type: 'FRAME',
      width: 200,
      height: 200,
      bounds: { x: 240 },
    });
    expect(made.props).toMatchObject({ opacity: 0.5, effects: [{ type: 'LAYER_BLUR' }] });
    const [below, grid, strokes] = made.children;
    expect(below).toMatchObject({ type: 'ELLIPSE', props: { fills: [{ type: 'SOLID' }], strokes: [] } });
    expect(strokes).toMatchObject({ type: 'ELLIPSE', props: { fills: [], strokes: [{ type: 'SOLID' }] } });
    expect(grid.children[0]).toMatchObject({ type: 'ELLIPSE', props: { isMask: true, opacity: 1 } });
    expect(tilesIn(grid)).toHaveLength(6);
    // FILL shows the middle 6000×6000 px of the picture on 200×200 units.
    const points: [number, number][] = [
      [0, 0],
      [4004, 4004],
      [6000, 9000],
    ];
    for (const [index, tile] of tilesIn(grid).entries())
      for (const at of points)
        for (const [axis, start] of [240, 0 - 50].entries())
          expect(onCanvas(tile, tiles[index], at)[axis]).toBeCloseTo(start + at[axis] / 30, 6);
  });

  it('follows crop and turn of the layer', async () => {
    const { tree, tiles } = await apply((hash) => ({
      type: 'RECTANGLE',
      name: 'Ada',
      width: 90,
      height: 60,
      fills: [
        imageFill(hash, {
          scaleMode: 'CROP',
          imageTransform: [
            [0, 1, 0],
            [-1, 0, 1],
          ],
        }),
      ],
    }));
    const grid = byName(tree, 'Picture');
    const corners = tilesIn(grid).map((tile, index) => [
      onCanvas(tile, tiles[index], [0, 0]),
      onCanvas(tile, tiles[index], [6000, 9000]),
    ]);
    // The picture's top left is at the layer's top right, its bottom right at the bottom left.
    for (const [first, last] of corners) {
      expect(first[0]).toBeCloseTo(130 + 90, 6);
      expect(first[1]).toBeCloseTo(0, 6);
      expect(last[0]).toBeCloseTo(130, 6);
      expect(last[1]).toBeCloseTo(60, 6);
    }
  });

  it('lies in a frame below what the frame holds, clipped like it', async () => {
    const { tree } = await apply((hash) => ({
      type: 'FRAME',
      name: 'Card',
      topLeftRadius: 9,
      layoutMode: 'VERTICAL',
      fills: [imageFill(hash), { type: 'SOLID', color: { r: 0, g: 0, b: 0 }, opacity: 0.3 }],
      children: [{ type: 'TEXT', name: 'Title' }],
    }));
    const made = byName(tree, 'Card · Mona Lisa');
    expect(made.children.map(({ name }) => name)).toEqual(['Picture', 'Title']);
    expect(made.children[1].relativeTransform).toEqual(byName(tree, 'Card').children[0].relativeTransform);
    const [grid] = made.children;
    expect(grid.props).toMatchObject({ topLeftRadius: 9, clipsContent: true, layoutPositioning: 'ABSOLUTE' });
    expect(grid.children.at(-1)).toMatchObject({
      name: 'Fills above',
      props: { fills: [{ type: 'SOLID' }] },
    });
    expect(made.props.fills).toEqual([]);
  });

  it('of a layer deep in an instance is placed in a copy that is no instance any more', async () => {
    const plugin = await openPlugin();
    const fills = [imageFill(await plugin.addImage(20, 30))];
    plugin.host.plant([
      {
        type: 'COMPONENT',
        name: 'Avatar',
        children: [{ type: 'FRAME', children: [{ type: 'ELLIPSE', name: 'p', fills }] }],
      },
    ]);
    const { portraits } = await select(plugin, [{ type: 'INSTANCE', name: 'Bo', of: 'Avatar', y: 200 }]);
    await plugin.window.plugin.call('apply-result', await inTiles(portraits[0]));
    const made = byName(plugin.host.tree(), 'Bo · Mona Lisa');
    expect(made.type).toBe('FRAME');
    expect(tilesIn(byName(made, 'Picture'))).toHaveLength(6);
  });

  it('of a repeated picture is refused, and nothing is left behind', async () => {
    const plugin = await openPlugin();
    const fills = [imageFill(await plugin.addImage(20, 30), { scaleMode: 'TILE' })];
    const { portraits } = await select(plugin, [{ type: 'RECTANGLE', name: 'Ada', fills }]);
    const before = plugin.host.tree();
    const call = plugin.window.plugin.call('apply-result', await inTiles(portraits[0]));
    await expect(call).rejects.toMatchObject({
      code: 'NOT_PLACED',
      message: expect.stringContaining('4096'),
    });
    expect(plugin.host.tree()).toEqual(before);
  });
});
