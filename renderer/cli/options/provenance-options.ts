/** Whether and by whom results are signed: options of every command that writes pictures. */
import { parse } from 'node:path';
import type { Command } from 'commander';
import { LimnerError } from '../../../models/errors.ts';
import { readFileBytes } from '../../core/files/read-file.ts';
import { openIdentity, type Signer } from '../../provenance/open-identity.ts';
import { type Origin, sha256 } from '../../provenance/origin.ts';
import { createFileSeal, createSeal, type FileSeal, type Seal } from '../../provenance/seal.ts';

export interface ProvenanceOptions {
  provenance: boolean;
  signCert?: string;
  signKey?: string;
}

export const addProvenanceOptions = (command: Command): Command =>
  command
    .option('--no-provenance', 'write results that do not say how they were made')
    .option('--sign-cert <pem>', 'sign with this certificate chain instead of your own key')
    .option('--sign-key <pem>', 'its private key');

/**
 * @param style the file of the style
 * @throws USAGE, BAD_CERTIFICATE, KEY_UNAVAILABLE, and what reading a file throws
 */
export async function openSeal(
  options: ProvenanceOptions,
  action: Origin['action'],
  style?: string,
): Promise<Seal> {
  const identity = await openIdentity(signerOf(options));
  if (style === undefined) return createSeal(identity, { action });
  const bytes = await readFileBytes(style);
  return createSeal(identity, { action, style: { name: parse(style).name, sha256: sha256(bytes) } });
}

/** Of animations and videos; otherwise as `openSeal`. */
export async function openFileSeal(options: ProvenanceOptions, style: string): Promise<FileSeal> {
  const made = { name: parse(style).name, sha256: sha256(await readFileBytes(style)) };
  return createFileSeal(await openIdentity(signerOf(options)), { action: 'restyled', style: made });
}

/** @throws USAGE when only one half of a key pair is given */
export function signerOf({ provenance, signCert, signKey }: ProvenanceOptions): Signer {
  if (!provenance) return 'nobody';
  if (signCert === undefined && signKey === undefined) return 'user';
  if (signCert === undefined || signKey === undefined) {
    throw new LimnerError('USAGE', 'Expected --sign-cert and --sign-key together but received one of them.');
  }
  return { certificate: signCert, key: signKey };
}
