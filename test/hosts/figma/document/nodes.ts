/** The kinds of nodes. One file, because they mention one another. */
import type * as F from '@figma/plugin-typings/plugin-api-standalone.d.ts';
import { checkPaints } from '../api/limits.ts';
import { cloneTree } from './copy-tree.ts';
import { insert } from './insert.ts';
import { mixed } from './mixed.ts';
import { HostNode, isInInstance } from './node.ts';
import type { Scene } from './scene.ts';
import { stored } from './stored.ts';

/** Members that are data, which must be as Figma's typings have them; node-valued ones are of this host. */
type LayerData =
  | 'id'
  | 'name'
  | 'removed'
  | 'visible'
  | 'locked'
  | 'x'
  | 'y'
  | 'width'
  | 'height'
  | 'relativeTransform'
  | 'absoluteTransform'
  | 'absoluteBoundingBox'
  | 'resize'
  | 'remove'
  | 'getPluginData'
  | 'setPluginData'
  | 'setRelaunchData';
type BlendData =
  | LayerData
  | 'opacity'
  | 'blendMode'
  | 'isMask'
  | 'effects'
  | 'layoutPositioning'
  | 'layoutAlign'
  | 'layoutGrow';
type Corner = 'topLeftRadius' | 'topRightRadius' | 'bottomRightRadius' | 'bottomLeftRadius';
type FillData = BlendData | 'fills' | 'setFillsAsync' | 'strokes' | 'constraints' | Corner;

/** Members that no layer inside an instance may change. */
const FIXED_IN_INSTANCES = new Set(['relativeTransform', 'layoutPositioning', 'isMask', 'constraints']);

/** What every layer on a page has. */
export abstract class HostLayer extends HostNode {
  declare visible: boolean;
  declare locked: boolean;

  get parent(): ParentNode | null {
    const parent = this.scene.parentOf(this.record);
    return parent ? (nodeOf(this.scene, parent.id) as ParentNode) : null;
  }

  get x(): number {
    return this.relativeTransform[0][2];
  }

  get y(): number {
    return this.relativeTransform[1][2];
  }

  get width(): number {
    return this.scene.size(this.record).width;
  }

  get height(): number {
    return this.scene.size(this.record).height;
  }

  get relativeTransform(): F.Transform {
    return this.scene.relativeTransform(this.record);
  }

  set relativeTransform(transform: F.Transform) {
    this.checkArrangeable('relativeTransform');
    const [[a, b], [c, d]] = transform;
    for (const length of [Math.hypot(a, c), Math.hypot(b, d)])
      if (Math.abs(length - 1) > 1e-3)
        throw new Error('relativeTransform: a layer is sized by resize() alone');
    this.write('relativeTransform', transform);
  }

  get absoluteTransform(): F.Transform {
    return this.scene.absoluteTransform(this.record);
  }

  get absoluteBoundingBox(): F.Rect | null {
    return this.scene.absoluteBounds(this.record);
  }

  resize(width: number, height: number): void {
    this.checkArrangeable('resize');
    if (!(width >= 0.01 && height >= 0.01)) throw new Error('in resize: a size is at least 0.01');
    this.record.props['width'] = width;
    this.write('height', height);
  }

  remove(): void {
    this.checkArrangeable('remove');
    const parent = this.scene.parentOf(this.record);
    this.scene.store.drop(this.id);
    if (parent) this.scene.afterRemoval(parent);
    this.scene.store.changed();
  }

  /** A copy at the end of the current page, whatever page or frame the original is on. */
  clone(): this {
    const copy = cloneTree(this.scene, this.record);
    const page = this.scene.store.find(this.scene.store.currentPage)!;
    this.scene.store.link(copy, page, page.children.length);
    this.scene.store.changed();
    return nodeOf(this.scene, copy.id) as unknown as this;
  }

  exportAsync(settings: F.ExportSettingsImage): Promise<Uint8Array> {
    return this.scene.outside.exportAsync(this.record, settings);
  }

  checkArrangeable(what: string): void {
    if (isInInstance(this.scene, this.record))
      throw new Error(`in ${what}: This property cannot be overriden in an instance`);
  }
}

stored(HostLayer, { visible: true, locked: false });

/** What layers with looks of their own have. */
export abstract class HostBlended extends HostLayer {
  declare opacity: number;
  declare blendMode: F.BlendMode;
  declare isMask: boolean;
  declare effects: readonly F.Effect[];
  declare layoutPositioning: 'AUTO' | 'ABSOLUTE';
  declare layoutAlign: 'MIN' | 'CENTER' | 'MAX' | 'STRETCH' | 'INHERIT';
  declare layoutGrow: number;
}

stored(
  HostBlended,
  {
    opacity: 1,
    blendMode: 'PASS_THROUGH',
    isMask: false,
    effects: [],
    layoutPositioning: 'AUTO',
    layoutAlign: 'INHERIT',
    layoutGrow: 0,
  },
  checkFixed,
);

/** What can be filled and stroked. */
export abstract class HostFilled extends HostBlended {
  declare strokes: readonly F.Paint[];
  declare topLeftRadius: number;
  declare topRightRadius: number;
  declare bottomRightRadius: number;
  declare bottomLeftRadius: number;

  get fills(): readonly F.Paint[] | F.PluginAPI['mixed'] {
    const fills = this.record.props['fills'];
    return fills === 'mixed' ? mixed : ((fills ?? []) as F.Paint[]);
  }

  set fills(paints: readonly F.Paint[]) {
    checkPaints(paints, this.scene.outside);
    if (paints.some(({ type }) => type === 'PATTERN'))
      throw new Error('in set_fills: pattern fills are set by setFillsAsync under dynamic-page');
    this.write('fills', paints);
  }

  async setFillsAsync(paints: readonly F.Paint[]): Promise<void> {
    checkPaints(paints, this.scene.outside);
    this.write('fills', paints);
  }
}

stored(
  HostFilled,
  {
    strokes: [],
    topLeftRadius: 0,
    topRightRadius: 0,
    bottomRightRadius: 0,
    bottomLeftRadius: 0,
  },
  checkFixed,
);

/** What has a place of its own in a frame: groups and boolean operations have none but their children's. */
export abstract class HostConstrained extends HostFilled {
  declare constraints: F.Constraints;
}

stored(HostConstrained, { constraints: { horizontal: 'MIN', vertical: 'MIN' } }, checkFixed);

function checkFixed(node: HostLayer, key: string): void {
  if (FIXED_IN_INSTANCES.has(key)) node.checkArrangeable(`set_${key}`);
}

/** Gives a class of nodes children. */
function container<N extends HostNode>(kind: { readonly prototype: N }): void {
  Object.defineProperties(kind.prototype, {
    children: {
      enumerable: true,
      get(this: N) {
        if (this.record.type === 'PAGE') this.scene.checkLoaded(this.record);
        return this.record.children
          .filter((id) => !this.scene.isSkipped(this.scene.store.find(id)!))
          .map((id) => nodeOf(this.scene, id));
      },
    },
    appendChild: {
      value(this: N, child: SceneNode) {
        insert(this.scene, this.record, this.record.children.length, child.record);
      },
    },
    insertChild: {
      value(this: N, index: number, child: SceneNode) {
        insert(this.scene, this.record, index, child.record);
      },
    },
  });
}

/** Frames and what is made like them. */
export abstract class HostFrameLike extends HostConstrained {
  declare layoutMode: 'NONE' | 'HORIZONTAL' | 'VERTICAL' | 'GRID';
  declare clipsContent: boolean;

  declare readonly children: readonly SceneNode[];
  declare appendChild: (child: SceneNode) => void;
  declare insertChild: (index: number, child: SceneNode) => void;
}

container(HostFrameLike);
stored(HostFrameLike, { layoutMode: 'NONE', clipsContent: true });

export class FrameNode
  extends HostFrameLike
  implements Pick<F.FrameNode, FillData | 'layoutMode' | 'clipsContent'>
{
  readonly type = 'FRAME';
}

export class ComponentSetNode extends HostFrameLike {
  readonly type = 'COMPONENT_SET';
}

export class ComponentNode extends HostFrameLike {
  readonly type = 'COMPONENT';

  /** An instance at the end of the current page. */
  createInstance(): InstanceNode {
    const { store } = this.scene;
    const instance = cloneTree(this.scene, this.record, undefined, 'INSTANCE');
    const page = store.find(store.currentPage)!;
    store.link(instance, page, page.children.length);
    store.changed();
    return new InstanceNode(this.scene, instance.id);
  }
}

export class InstanceNode extends HostFrameLike {
  readonly type = 'INSTANCE';

  /** A frame in the instance's place; its layers get new ids. */
  detachInstance(): FrameNode {
    const { store } = this.scene;
    this.checkArrangeable('detachInstance');
    const parent = this.scene.parentOf(this.record)!;
    const frame = cloneTree(this.scene, this.record, undefined, 'FRAME');
    store.link(frame, parent, parent.children.indexOf(this.id));
    store.drop(this.id);
    store.changed();
    return new FrameNode(this.scene, frame.id);
  }
}

/** Its place and size are those of what it holds. */
export class GroupNode extends HostBlended implements Pick<F.GroupNode, BlendData> {
  readonly type = 'GROUP';

  declare readonly children: readonly SceneNode[];
  declare appendChild: (child: SceneNode) => void;
  declare insertChild: (index: number, child: SceneNode) => void;

  override resize(): void {
    throw new Error('in resize: not in this host for groups');
  }
}

export class BooleanOperationNode extends HostFilled {
  readonly type = 'BOOLEAN_OPERATION';

  declare readonly children: readonly SceneNode[];
  declare appendChild: (child: SceneNode) => void;
  declare insertChild: (index: number, child: SceneNode) => void;
}

export class SectionNode extends HostLayer {
  readonly type = 'SECTION';

  get fills(): readonly F.Paint[] {
    return (this.record.props['fills'] ?? []) as F.Paint[];
  }

  declare readonly children: readonly SceneNode[];
  declare appendChild: (child: SceneNode) => void;
  declare insertChild: (index: number, child: SceneNode) => void;
}

export class PageNode extends HostNode {
  readonly type = 'PAGE';

  get parent(): DocumentNode {
    return new DocumentNode(this.scene, this.record.parent!);
  }

  declare readonly children: readonly SceneNode[];
  declare appendChild: (child: SceneNode) => void;
  declare insertChild: (index: number, child: SceneNode) => void;

  get selection(): readonly SceneNode[] {
    const ids = this.scene.store.selections.get(this.id) ?? [];
    return ids.filter((id) => this.scene.store.find(id)).map((id) => nodeOf(this.scene, id) as SceneNode);
  }

  set selection(nodes: readonly SceneNode[]) {
    for (const node of nodes)
      if (this.scene.ancestor(node.record, 'PAGE')?.id !== this.id)
        throw new Error('in set_selection: The selection of a page can only include nodes in that page');
    this.scene.select(
      this.record,
      nodes.map(({ id }) => id),
    );
  }

  async loadAsync(): Promise<void> {
    this.scene.store.loadedPages.add(this.id);
  }
}

export class DocumentNode extends HostNode {
  readonly type = 'DOCUMENT';
  readonly parent = null;

  get children(): readonly PageNode[] {
    return this.record.children.map((id) => new PageNode(this.scene, id));
  }
}

export class RectangleNode extends HostConstrained implements Pick<F.RectangleNode, FillData> {
  readonly type = 'RECTANGLE';
}

export class EllipseNode extends HostConstrained {
  readonly type = 'ELLIPSE';
}

export class VectorNode extends HostConstrained {
  readonly type = 'VECTOR';
}

export class TextNode extends HostConstrained {
  readonly type = 'TEXT';
}

for (const kind of [GroupNode, BooleanOperationNode, SectionNode, PageNode]) container<HostNode>(kind);

export type SceneNode =
  | BooleanOperationNode
  | ComponentNode
  | ComponentSetNode
  | EllipseNode
  | FrameNode
  | GroupNode
  | InstanceNode
  | RectangleNode
  | SectionNode
  | TextNode
  | VectorNode;
export type BaseNode = SceneNode | PageNode | DocumentNode;
export type ParentNode = Exclude<Extract<BaseNode, { children: unknown }>, DocumentNode>;

const KINDS = {
  BOOLEAN_OPERATION: BooleanOperationNode,
  COMPONENT: ComponentNode,
  COMPONENT_SET: ComponentSetNode,
  DOCUMENT: DocumentNode,
  ELLIPSE: EllipseNode,
  FRAME: FrameNode,
  GROUP: GroupNode,
  INSTANCE: InstanceNode,
  PAGE: PageNode,
  RECTANGLE: RectangleNode,
  SECTION: SectionNode,
  TEXT: TextNode,
  VECTOR: VectorNode,
};

export type NodeType = keyof typeof KINDS;

/** A new view of a node. It takes no properties that its kind has not. */
export function nodeOf(scene: Scene, id: string): BaseNode {
  scene.looks += 1;
  const record = scene.store.find(id);
  if (!record) throw new Error(`The node with id "${id}" does not exist`);
  return Object.preventExtensions(new KINDS[record.type as NodeType](scene, id));
}
