/** The document tree: which node is where, in which coordinates, under which rules. */
import type { ExportSettingsImage, Rect, Transform } from '@figma/plugin-typings/plugin-api-standalone.d.ts';
import { arrangeChildren } from './auto-layout.ts';
import { boundsOf, IDENTITY, multiply, union } from './geometry.ts';
import type { NodeRecord, Store } from './store.ts';

/** What the document needs from the rest of Figma. */
export interface Outside {
  /** Commands of the manifest's relaunch buttons. */
  readonly relaunchCommands: readonly string[];
  hasImage(hash: string): boolean;
  hasVideo(hash: string): boolean;
  exportAsync(record: NodeRecord, settings: ExportSettingsImage): Promise<Uint8Array>;
  selected(): void;
}

export class Scene {
  /** figma.skipInvisibleInstanceChildren of the plugin that runs. */
  skipsHidden = false;
  /** How often the plugin looked at a node. */
  looks = 0;
  readonly store: Store;
  readonly outside: Outside;

  constructor(store: Store, outside: Outside) {
    this.store = store;
    this.outside = outside;
  }

  checkCommands(names: readonly string[]): void {
    const unknown = names.find((name) => !this.outside.relaunchCommands.includes(name));
    if (unknown) throw new Error(`The manifest has no relaunch button for the command "${unknown}"`);
  }

  checkLoaded(page: NodeRecord): void {
    if (!this.store.loadedPages.has(page.id))
      throw new Error('Cannot access children on a page that has not been explicitly loaded: dynamic-page');
  }

  select(page: NodeRecord, ids: readonly string[]): void {
    this.store.selections.set(page.id, [...ids]);
    this.outside.selected();
  }

  /** A group without children is gone; other parents close the gap. */
  afterRemoval(parent: NodeRecord): void {
    if (parent.type === 'GROUP' && parent.children.length === 0) this.store.drop(parent.id);
    else this.arrange(parent);
  }

  /** Whether a node is, or is in, a hidden layer of an instance, and such layers are skipped. */
  isSkipped(record: NodeRecord): boolean {
    if (!this.skipsHidden) return false;
    let isHidden = false;
    for (let node: NodeRecord | undefined = record; node; node = this.parentOf(node)) {
      if (isHidden && node.type === 'INSTANCE') return true;
      if (node.props['visible'] === false) isHidden = true;
    }
    return false;
  }

  parentOf(record: NodeRecord): NodeRecord | undefined {
    return record.parent === null ? undefined : this.store.find(record.parent);
  }

  childrenOf(record: NodeRecord): NodeRecord[] {
    return record.children.map((id) => this.store.find(id)!);
  }

  ancestor(record: NodeRecord, type: string): NodeRecord | undefined {
    let above = this.parentOf(record);
    while (above && above.type !== type) above = this.parentOf(above);
    return above;
  }

  size(record: NodeRecord): { width: number; height: number } {
    if (record.type === 'GROUP') return this.groupBounds(record);
    return { width: record.props['width'] as number, height: record.props['height'] as number };
  }

  /** In the coordinates of the nearest ancestor that has its own, which a group has not. */
  relativeTransform(record: NodeRecord): Transform {
    if (record.type === 'GROUP') {
      const { x, y } = this.groupBounds(record);
      return [
        [1, 0, x],
        [0, 1, y],
      ];
    }
    return (record.props['relativeTransform'] as Transform) ?? IDENTITY;
  }

  absoluteTransform(record: NodeRecord): Transform {
    let container = this.parentOf(record);
    while (container?.type === 'GROUP') container = this.parentOf(container);
    const outer = !container || container.type === 'PAGE' ? IDENTITY : this.absoluteTransform(container);
    return multiply(outer, this.relativeTransform(record));
  }

  absoluteBounds(record: NodeRecord): Rect {
    const { width, height } = this.size(record);
    return boundsOf(this.absoluteTransform(record), width, height);
  }

  /** Lays out the frame around a node, and the node itself, where they have auto layout. */
  arrange(record: NodeRecord): void {
    for (const frame of [record, this.parentOf(record)])
      if (frame) arrangeChildren(frame, this.childrenOf(frame), (layer) => this.size(layer));
  }

  private groupBounds(record: NodeRecord): Rect {
    return union(
      this.childrenOf(record).map((child) => {
        const { width, height } = this.size(child);
        return boundsOf(this.relativeTransform(child), width, height);
      }),
    );
  }
}
