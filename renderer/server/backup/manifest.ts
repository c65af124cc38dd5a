/** What a backup says of itself: `backup.json`, written last. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { LimnerError } from '../../../models/errors.ts';

export const MANIFEST = 'backup.json';
/** Lines of JSON: {"table","row"}. */
export const ROWS = 'database.jsonl';
/** Pictures, styles and results, by their keys. */
export const FILES = 'storage';
/** The signing key with its certificates. */
export const SIGNING = 'signing';

const fileSchema = z.object({ path: z.string(), sha256: z.string() });

const manifestSchema = z.object({
  format: z.literal(1),
  version: z.string().describe('of Limner'),
  createdAt: z.iso.datetime(),
  migrations: z.number().int(),
  /** All that it is made of. */
  files: z.array(fileSchema),
});
export type Manifest = z.infer<typeof manifestSchema>;

/** The manifest, once all that it names is there as it was. @throws BACKUP_DAMAGED */
export async function checkBackup(folder: string): Promise<Manifest> {
  const manifest = await readManifest(folder);
  for (const { path, sha256 } of manifest.files) {
    const real = await hashOf(join(folder, path)).catch((cause) => {
      throw damaged(`${path} cannot be read`, cause);
    });
    if (real !== sha256) throw damaged(`${path} is not as it was`);
  }
  return manifest;
}

async function readManifest(folder: string): Promise<Manifest> {
  try {
    return manifestSchema.parse(JSON.parse(await readFile(join(folder, MANIFEST), 'utf8')));
  } catch (cause) {
    throw damaged(`${MANIFEST} cannot be read`, cause);
  }
}

const damaged = (how: string, cause?: unknown) =>
  new LimnerError('BACKUP_DAMAGED', `The backup is not whole: ${how}.`, { cause });

/** SHA-256 of a file, in hexadecimal. */
export async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
