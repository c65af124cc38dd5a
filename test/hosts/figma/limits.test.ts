import { describe, expect, it } from 'vitest';
import { png } from '../../plugin/pictures.ts';
import { openInNode } from './open-in-node.ts';

/** What `code`, the body of an async function, ends with in a plugin. */
async function inPlugin(code: string, images: readonly Uint8Array[] = []): Promise<unknown> {
  const run = `figma.on('run', async () => {
    figma.showUI('');
    const images = await new Promise((resolve) => figma.ui.on('message', resolve));
    try {
      figma.ui.postMessage({ end: await (async () => { 'use strict'; ${code} })() });
    } catch (error) {
      figma.ui.postMessage({ error: error.message });
    }
  });`;
  const { host, window } = await openInNode({ code: run });
  try {
    host.run('settings');
    host.receive(images, 'null');
    await expect.poll(() => window.replies).toHaveLength(1);
    return window.replies[0];
  } finally {
    host.dispose();
  }
}

const refused = (words: RegExp) => ({ error: expect.stringMatching(words) });

describe('the Figma host', () => {
  it.each([
    ['figma.getNodeById("1:1")', /dynamic-page/],
    ['figma.currentPage = figma.root.children[1]', /dynamic-page/],
    ['return figma.root.children[1].children.length', /not been explicitly loaded/],
    ['figma.notify("x".repeat(101))', /100 characters/],
    ['figma.root.setPluginData("key", "x".repeat(100_000))', /100 kB/],
    ['await figma.clientStorage.setAsync("key", new Uint8Array(5_000_001))', /5 MB/],
    ['figma.ui.postMessage(new ArrayBuffer(8))', /ArrayBuffer/],
    ['figma.ui.postMessage({ run: () => 1 })', /function/],
    ['figma.createImage(new Uint8Array(100))', /unsupported/],
    ['figma.createRectangle().resize(0, 10)', /at least/],
    ['figma.createRectangle().relativeTransform = [[2, 0, 0], [0, 2, 0]]', /resize/],
    ['figma.createRectangle().fills = [{ type: "IMAGE", scaleMode: "FILL", imageHash: "?" }]', /no image/],
    ['figma.createRectangle().setRelaunchData({ dance: "" })', /relaunch button/],
    ['const gone = figma.createRectangle(); gone.remove(); gone.name = "x"', /does not exist/],
    ['figma.createRectangle().colour = 1', /extensible/],
    ['return new AbortController()', /not defined/],
    ['return document.title', /not defined/],
  ])('refuses what Figma refuses: %s', async (code, words) => {
    expect(await inPlugin(code)).toEqual(refused(words));
  });

  it('takes images of 4096 px and none larger', async () => {
    const images = await Promise.all([png(4096, 1), png(4097, 1)]);
    expect(await inPlugin('return figma.createImage(images[0]).getSizeAsync()', images)).toEqual({
      end: { width: 4096, height: 1 },
    });
    expect(await inPlugin('figma.createImage(images[1])', images)).toEqual(refused(/too large/));
  });

  it('lets nobody rearrange an instance, but restyle what is in it', async () => {
    const { host, window } = await openInNode({
      code: `figma.on('run', () => {
        figma.showUI('');
        const inside = figma.currentPage.children[1].children[0];
        const results = [
          () => inside.resize(5, 5),
          () => inside.remove(),
          () => { inside.relativeTransform = [[1, 0, 3], [0, 1, 0]]; },
          () => figma.currentPage.children[1].insertChild(0, figma.createRectangle()),
          () => { inside.fills = []; },
        ].map((change) => { try { change(); return 'done'; } catch { return 'refused'; } });
        figma.ui.postMessage(results);
      });`,
    });
    host.plant([
      { type: 'COMPONENT', name: 'C', children: [{ type: 'ELLIPSE' }] },
      { type: 'INSTANCE', of: 'C' },
    ]);
    host.run('settings');
    await expect.poll(() => window.replies).toEqual([['refused', 'refused', 'refused', 'refused', 'done']]);
    host.dispose();
  });

  it('undoes to the last commitUndo, and what was left uncommitted as one step', async () => {
    const { host } = await openInNode({
      code: `figma.on('run', () => {
        figma.createRectangle().name = 'a';
        figma.commitUndo();
        figma.createRectangle().name = 'b';
        figma.createRectangle().name = 'c';
      });`,
    });
    host.run('settings');
    host.close();
    const names = () => host.tree().children.map(({ name }) => name);
    expect(names()).toEqual(['a', 'b', 'c']);
    host.undo();
    expect(names()).toEqual(['a']);
    host.undo();
    expect(names()).toEqual([]);
    host.dispose();
  });
});

describe('the Figma host, of what Figma hides', () => {
  const layers = [
    {
      type: 'COMPONENT' as const,
      name: 'C',
      children: [
        { type: 'TEXT' as const, name: 'hidden', visible: false },
        { type: 'ELLIPSE' as const, name: 'seen' },
      ],
    },
    { type: 'INSTANCE' as const, of: 'C' },
  ];

  async function inDocument(code: string): Promise<unknown> {
    const run = `figma.on('run', async () => { figma.showUI(''); figma.ui.postMessage(await (async () => { ${code} })()); });`;
    const { host, window } = await openInNode({ code: run });
    host.plant(layers);
    host.run('settings');
    await expect.poll(() => window.replies).toHaveLength(1);
    host.dispose();
    return window.replies[0];
  }

  it('skips hidden layers of instances where the plugin asks for it, until the instance is detached', async () => {
    const names = await inDocument(`
      figma.skipInvisibleInstanceChildren = true;
      const [component, instance] = figma.currentPage.children;
      const counts = [component.children.length, instance.children.length];
      return [...counts, instance.detachInstance().children.length];`);
    expect(names).toEqual([2, 1, 2]);
  });

  it('unloads every page but the current one before the next run', async () => {
    const { host, window } = await openInNode({
      code: `figma.on('run', async () => {
        figma.showUI('');
        const other = figma.root.children[1];
        let seen = 'refused';
        try { seen = other.children.length; } catch {}
        await other.loadAsync();
        figma.ui.postMessage([seen, other.children.length]);
      });`,
    });
    for (const run of [1, 2]) {
      host.run('settings');
      await expect.poll(() => window.replies).toHaveLength(run);
    }
    host.dispose();
    expect(window.replies).toEqual([
      ['refused', 0],
      ['refused', 0],
    ]);
  });
});
