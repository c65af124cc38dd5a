/** Whom this user believes: the roots of the own identity, PEM files in `trust/`, and files named on the command line. */
import type { X509Certificate } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readFileBytes } from '../core/files/read-file.ts';
import { userFolder } from '../core/files/user-folder.ts';
import { readCertificates } from './identity.ts';

export type TrustList = readonly X509Certificate[];

/**
 * @param files further anchors
 * @throws BAD_CERTIFICATE, and what reading a file throws
 */
export async function readTrustList(
  files: readonly string[] = [],
  folder: string = userFolder(),
): Promise<TrustList> {
  const pems = await Promise.all([
    ...(await ownRoots(folder)).map((path) => readFile(path, 'utf8')),
    ...files.map(async (path) => new TextDecoder().decode(await readFileBytes(path))),
  ]);
  return pems.flatMap(readCertificates);
}

async function ownRoots(folder: string): Promise<string[]> {
  const list = (path: string) => readdir(path).catch(() => []);
  const own = (await list(folder)).filter((name) => /^signing($|\..*\.old$)/.test(name));
  const added = (await list(join(folder, 'trust'))).filter((name) => name.endsWith('.pem'));
  return [
    ...own.map((name) => join(folder, name, 'root.pem')),
    ...added.map((name) => join(folder, 'trust', name)),
  ];
}
