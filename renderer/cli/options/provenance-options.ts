/** Whether and by whom results are signed: options of every command that writes pictures. */
import { parse } from 'node:path';
import type { Command } from 'commander';
import { LimnerError } from '../../../models/errors.ts';
import { readFileBytes } from '../../core/files/read-file.ts';
import { type Identity, readIdentity } from '../../provenance/identity.ts';
import { type Origin, sha256 } from '../../provenance/origin.ts';
import { ownIdentity } from '../../provenance/own-identity.ts';
import { createSeal, type Seal } from '../../provenance/seal.ts';

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
  const identity = await openIdentity(options);
  if (style === undefined) return createSeal(identity, { action });
  const bytes = await readFileBytes(style);
  return createSeal(identity, { action, style: { name: parse(style).name, sha256: sha256(bytes) } });
}

/** Who signs; null with --no-provenance. */
export async function openIdentity({
  provenance,
  signCert,
  signKey,
}: ProvenanceOptions): Promise<Identity | null> {
  if (!provenance) return null;
  if (signCert === undefined && signKey === undefined) return ownIdentity();
  if (signCert === undefined || signKey === undefined) {
    throw new LimnerError('USAGE', 'Expected --sign-cert and --sign-key together but received one of them.');
  }
  const [key, certificate] = await Promise.all([signKey, signCert].map(readText));
  return readIdentity(key, certificate);
}

const readText = async (path: string) => new TextDecoder().decode(await readFileBytes(path));
