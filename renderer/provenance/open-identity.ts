import { readFileBytes } from '../core/files/read-file.ts';
import { type Identity, readIdentity } from './identity.ts';
import { ownIdentity } from './own-identity.ts';

/** Who signs: nobody, this user with a key of their own, or the owner of two PEM files; plain data, fit for JSON. */
export type Signer = 'nobody' | 'user' | { readonly certificate: string; readonly key: string };

/**
 * Null when nobody signs.
 * @throws BAD_CERTIFICATE, KEY_UNAVAILABLE, and what reading a file throws
 */
export async function openIdentity(signer: Signer): Promise<Identity | null> {
  if (signer === 'nobody') return null;
  if (signer === 'user') return ownIdentity();
  const [key, certificate] = await Promise.all([signer.key, signer.certificate].map(readText));
  return readIdentity(key, certificate);
}

const readText = async (path: string) => new TextDecoder().decode(await readFileBytes(path));
