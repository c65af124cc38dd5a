/** The document as plain records, so that undo is a matter of keeping a copy. Nodes are views of it (see node.ts). */

export interface NodeRecord {
  readonly id: string;
  readonly type: string;
  parent: string | null;
  children: string[];
  props: Record<string, unknown>;
  pluginData: Record<string, string>;
  relaunchData: Record<string, string>;
}

export class Store {
  private records = new Map<string, NodeRecord>();
  private undone: string[] = [];
  private lastId = 0;
  readonly changed: () => void;
  /** Pages whose layers may be looked at: under dynamic-page, those that were loaded. */
  readonly loadedPages = new Set<string>();
  currentPage = '';
  /** Selected layers by page. Not a part of the document, so that selecting is no step to undo. */
  readonly selections = new Map<string, readonly string[]>();

  constructor(changed: () => void) {
    this.changed = changed;
  }

  newId(): string {
    this.lastId += 1;
    return `1:${this.lastId}`;
  }

  find(id: string): NodeRecord | undefined {
    return this.records.get(id);
  }

  add(type: string, props: Record<string, unknown>, id = this.newId()): NodeRecord {
    const record = { id, type, parent: null, children: [], props, pluginData: {}, relaunchData: {} };
    this.records.set(id, record);
    return record;
  }

  /** Removes a node and everything in it. */
  drop(id: string): void {
    const record = this.records.get(id);
    if (!record) return;
    for (const child of [...record.children]) this.drop(child);
    this.unlink(record);
    this.records.delete(id);
  }

  link(child: NodeRecord, parent: NodeRecord, index: number): void {
    this.unlink(child);
    parent.children.splice(index, 0, child.id);
    child.parent = parent.id;
  }

  unlink(child: NodeRecord): void {
    const parent = child.parent === null ? undefined : this.records.get(child.parent);
    if (parent) parent.children = parent.children.filter((id) => id !== child.id);
    child.parent = null;
  }

  /** Ends an undo step, if anything changed since the last. */
  commit(): void {
    const state = this.state();
    if (state !== this.undone.at(-1)) this.undone.push(state);
  }

  /** What the user's undo does: back to the step before. */
  undo(): void {
    this.commit();
    if (this.undone.length < 2) return;
    this.undone.pop();
    this.records = new Map(JSON.parse(this.undone.at(-1)!));
    this.changed();
  }

  /** How many steps can be undone. */
  get steps(): number {
    return this.undone.length - 1;
  }

  private state(): string {
    return JSON.stringify([...this.records]);
  }
}
