/**
 * A node as plugins see it: a view of a record, made anew for every look, so that code which compares nodes by `===` fails
 * here as it may in Figma. Not a cache, and not the document.
 */
import { checkPluginData } from '../api/limits.ts';
import type { Scene } from './scene.ts';
import type { NodeRecord } from './store.ts';

export abstract class HostNode {
  abstract readonly type: string;
  readonly id: string;
  readonly scene: Scene;

  constructor(scene: Scene, id: string) {
    this.scene = scene;
    this.id = id;
  }

  /** The record, or Figma's error for a node that was removed. */
  get record(): NodeRecord {
    const record = this.scene.store.find(this.id);
    if (!record || this.scene.isSkipped(record))
      throw new Error(`The node with id "${this.id}" does not exist`);
    return record;
  }

  get removed(): boolean {
    return !this.scene.store.find(this.id);
  }

  get name(): string {
    return (this.record.props['name'] as string) ?? '';
  }

  set name(name: string) {
    this.write('name', name);
  }

  getPluginData(key: string): string {
    return this.record.pluginData[key] ?? '';
  }

  setPluginData(key: string, value: string): void {
    checkPluginData(key, value);
    if (value === '') delete this.record.pluginData[key];
    else this.record.pluginData[key] = value;
    this.scene.store.changed();
  }

  setRelaunchData(data: { [command: string]: string }): void {
    this.scene.checkCommands(Object.keys(data));
    this.record.relaunchData = { ...data };
    this.scene.store.changed();
  }

  /** Writes a property and lays out what depends on it. */
  write(key: string, value: unknown): void {
    this.record.props[key] = copy(value);
    this.scene.arrange(this.record);
    this.scene.store.changed();
  }
}

/** Plain data only, as Figma's checks demand; `undefined` in it is an error there, too. */
export function copy<T>(value: T): T {
  if (value === undefined) throw new Error('Expected a value, received undefined');
  return JSON.parse(
    JSON.stringify(value, (key, inner) => {
      if (inner === undefined) throw new Error(`Property "${key}" failed validation: received undefined`);
      if (typeof inner === 'number' && !Number.isFinite(inner))
        throw new Error(`Property "${key}" failed validation: received ${inner}`);
      return inner;
    }),
  );
}

/** Whether some ancestor is an instance, whose insides can be restyled but not rearranged. */
export function isInInstance(scene: Scene, record: NodeRecord): boolean {
  for (let above = scene.parentOf(record); above; above = scene.parentOf(above))
    if (above.type === 'INSTANCE') return true;
  return false;
}
