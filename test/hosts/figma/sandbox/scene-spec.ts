/** Documents for tests, written as nested literals, and the document as tests look at it. */
import type { Paint, Rect, Transform } from '@figma/plugin-typings/plugin-api-standalone.d.ts';
import { cloneTree } from '../document/copy-tree.ts';
import type { NodeType } from '../document/nodes.ts';
import type { Scene } from '../document/scene.ts';
import type { NodeRecord } from '../document/store.ts';

/** A layer to be made. Sizes and places are in its parent's units; other keys are the node's own properties. */
export interface NodeSpec {
  readonly type: NodeType;
  readonly name?: string;
  readonly x?: number;
  readonly y?: number;
  readonly width?: number;
  readonly height?: number;
  readonly fills?: readonly Paint[] | 'mixed';
  readonly children?: readonly NodeSpec[];
  /** For an instance: the name of a component made before. */
  readonly of?: string;
  readonly [property: string]: unknown;
}

/** A layer as it stands. */
export interface NodeState {
  readonly id: string;
  readonly type: NodeType;
  readonly name: string;
  readonly parent: string;
  readonly width: number;
  readonly height: number;
  readonly relativeTransform: Transform;
  readonly absoluteTransform: Transform;
  readonly bounds: Rect;
  readonly props: Readonly<Record<string, unknown>> & { readonly fills?: readonly Paint[] };
  readonly pluginData: Readonly<Record<string, string>>;
  readonly relaunchData: Readonly<Record<string, string>>;
  readonly children: readonly NodeState[];
}

export function plant(scene: Scene, spec: NodeSpec, parent: NodeRecord): NodeRecord {
  const { type, x = 0, y = 0, width = 100, height = 100, children = [], of, ...props } = spec;
  const place = props['relativeTransform'] ?? [
    [1, 0, x],
    [0, 1, y],
  ];
  const own = { name: type, ...props, width, height, relativeTransform: place };
  const record = of ? instance(scene, of, own) : scene.store.add(type, own);
  scene.store.link(record, parent, parent.children.length);
  for (const child of children) plant(scene, child, record);
  scene.arrange(record);
  return record;
}

function instance(
  scene: Scene,
  component: string,
  { width, height, ...own }: Record<string, unknown>,
): NodeRecord {
  const main = allIn(scene, scene.store.find('0:1')!).find(
    ({ type, props }) => type === 'COMPONENT' && props['name'] === component,
  );
  if (!main) throw new Error(`There is no component ${component}`);
  const record = cloneTree(scene, main, undefined, 'INSTANCE');
  Object.assign(record.props, own);
  return record;
}

function allIn(scene: Scene, record: NodeRecord): NodeRecord[] {
  return [record, ...scene.childrenOf(record).flatMap((child) => allIn(scene, child))];
}

export function describeTree(scene: Scene, record: NodeRecord): NodeState {
  const page = record.type === 'PAGE';
  const { width, height } = page ? { width: 0, height: 0 } : scene.size(record);
  return {
    id: record.id,
    type: record.type as NodeType,
    name: record.props['name'] as string,
    parent: record.parent ?? '',
    width,
    height,
    relativeTransform: scene.relativeTransform(record),
    absoluteTransform: scene.absoluteTransform(record),
    bounds: page ? { x: 0, y: 0, width, height } : scene.absoluteBounds(record),
    props: record.props,
    pluginData: record.pluginData,
    relaunchData: record.relaunchData,
    children: scene.childrenOf(record).map((child) => describeTree(scene, child)),
  };
}
