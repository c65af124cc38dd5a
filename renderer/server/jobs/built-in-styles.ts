/**
 * The starters as styles of the service: every tenant has them, nobody can change or delete them. A style of a tenant's own
 * by the same id goes before, as on the command line, so that no starter of a later Limner takes an id away.
 */
import { readFile } from 'node:fs/promises';
import type { StyleInfo } from '../../../protocol/renderer-api/index.ts';
import { findStarter, listStarters } from '../../core/styles/starters.ts';
import { sha256Of } from './sha256.ts';

export interface BuiltInStyle {
  readonly info: StyleInfo;
  /** A WebP picture. */
  readonly bytes: Uint8Array;
}

let known: Promise<ReadonlyMap<string, BuiltInStyle>> | undefined;

/** By their ids, sorted; read once. */
export function builtInStyles(): Promise<ReadonlyMap<string, BuiltInStyle>> {
  known ??= readAll();
  return known;
}

async function readAll(): Promise<ReadonlyMap<string, BuiltInStyle>> {
  const read = async (id: string): Promise<[string, BuiltInStyle]> => {
    const bytes = await readFile((await findStarter(id))!);
    const facts = { sha256: await sha256Of(bytes), bytes: bytes.length, createdAt: null, builtIn: true };
    return [id, { info: { id, name: id, ...facts }, bytes }];
  };
  return new Map(await Promise.all((await listStarters()).map(read)));
}
