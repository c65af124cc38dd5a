/** The identity of this user, made on first use. The key is readable by its owner alone and appears in no message. */
import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LimnerError } from '../../models/errors.ts';
import { makeFolder } from '../core/files/make-folder.ts';
import { userFolder } from '../core/files/user-folder.ts';
import { issueCertificate } from './certificates.ts';
import { type Identity, readIdentity } from './identity.ts';

const MONTH = 30 * 24 * 3600 * 1000;

/**
 * `signing/` holds key.pem, certificate.pem and root.pem; after ten years it is put aside as `signing.SERIAL.old`.
 * @throws KEY_UNAVAILABLE when the folder cannot be read or written, BAD_CERTIFICATE when its files are damaged
 */
export async function ownIdentity(folder: string = userFolder()): Promise<Identity> {
  try {
    const found = await readOwn(folder);
    if (found && found.certificate.validToDate.getTime() > Date.now() + MONTH) return found;
    await makeOwn(folder, found?.certificate.serialNumber);
    const made = await readOwn(folder);
    if (made) return made;
    throw new Error('it vanished');
  } catch (cause) {
    if (cause instanceof LimnerError) throw cause;
    const reason = (cause as NodeJS.ErrnoException).code ?? 'unknown reason';
    throw new LimnerError('KEY_UNAVAILABLE', `Cannot keep a signing key in ${folder} (${reason}).`, {
      cause,
    });
  }
}

async function readOwn(folder: string): Promise<Identity | null> {
  const read = (name: string) => readFile(join(folder, 'signing', name), 'utf8');
  try {
    return readIdentity(await read('key.pem'), await read('certificate.pem'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** The folder appears whole, by a rename; of several processes at once the first wins. */
async function makeOwn(folder: string, expired?: string): Promise<void> {
  const issued = await issueCertificate();
  const whole = join(folder, 'signing');
  const part = join(folder, `signing.${randomUUID()}.part`);
  await makeFolder(part, 0o700);
  const write = (name: string, pem: string) => writeFile(join(part, name), pem, { mode: 0o600 });
  await write('key.pem', issued.keyPem);
  await write('certificate.pem', issued.certificatePem);
  await write('root.pem', issued.rootPem);
  if (expired) await rename(whole, join(folder, `signing.${expired}.old`)).catch(() => undefined);
  try {
    await rename(part, whole);
  } catch (error) {
    await rm(part, { recursive: true, force: true });
    if (!['EEXIST', 'ENOTEMPTY'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}
