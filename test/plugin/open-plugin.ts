import { afterEach, expect } from 'vitest';
import { DEFAULT_SETTINGS } from '../../protocol/plugin-data.ts';
import type { Result } from '../../protocol/plugin-messages.ts';
import type { Portrait } from '../../protocol/portrait.ts';
import { openInNode } from '../hosts/figma/open-in-node.ts';
import type { NodeSpec, NodeState } from '../hosts/figma/sandbox/scene-spec.ts';
import { png } from './pictures.ts';

type Opened = Awaited<ReturnType<typeof openInNode>>;
const opened: Opened[] = [];

afterEach(() => {
  for (const { host } of opened.splice(0)) host.dispose();
});

/** The plugin in a document, not yet running. */
export async function openPlugin(options: Parameters<typeof openInNode>[0] = {}) {
  const { host, window } = await openInNode(options);
  opened.push({ host, window });
  const addImage = async (width = 40, height = 40, colour = '#808080') =>
    host.images.keep(await png(width, height, colour)).hash;
  return { host, window, addImage };
}

/** Plants layers, selects them, starts the plugin and answers with what it finds. */
export async function select({ host, window }: Opened, layers: readonly NodeSpec[], command = 'stylize') {
  host.select(...host.plant(layers));
  host.run(command);
  return (await window.plugin.call('start', {})).selection;
}

export function imageFill(hash: string, more: object = {}) {
  return { type: 'IMAGE' as const, scaleMode: 'FILL' as const, imageHash: hash, ...more };
}

export async function resultFor(portrait: Portrait, more: Partial<Result> = {}): Promise<Result> {
  const [width, height] = [portrait.pictureWidth * 4, portrait.pictureHeight * 4];
  return {
    portrait,
    width,
    height,
    tiles: [{ x: 0, y: 0, width, height, bytes: await png(width, height, '#ff8800') }],
    styleName: 'Mona Lisa',
    styleId: 'mona',
    look: DEFAULT_SETTINGS.look,
    jobId: null,
    original: 'keep',
    ...more,
  };
}

export function byName(tree: NodeState, name: string): NodeState {
  const found = allIn(tree).filter((node) => node.name === name);
  expect(
    found.map((node) => node.name),
    `layers named ${name}`,
  ).toEqual([name]);
  return found[0];
}

export function allIn(tree: NodeState): NodeState[] {
  return [tree, ...tree.children.flatMap(allIn)];
}
