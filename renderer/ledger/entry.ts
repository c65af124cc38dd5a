/** What the ledger remembers: that something happened to which bytes, never the bytes, and nobody's name. */
import { createHash } from 'node:crypto';
import { z } from 'zod';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const id = z.string().min(1).max(100);
const time = z.iso.datetime();
/** SHA-256 of a reference, or `style:` and the id of a style. */
const style = z.string().max(200);

/** What a consent allows to be done with a portrait. */
export const SCOPES = ['restyle', 'adapt'] as const;

export const entrySchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('upload'), at: time, file: sha256 }),
  z.strictObject({
    kind: z.literal('consent'),
    at: time,
    consent: id,
    portrait: sha256,
    scopes: z.array(z.enum(SCOPES)).min(1),
    until: time,
    /** `grantorHash` of who allowed it. */
    grantor: sha256,
  }),
  z.strictObject({ kind: z.literal('revocation'), at: time, consent: id }),
  z.strictObject({
    kind: z.literal('render'),
    at: time,
    job: id,
    source: sha256,
    style: style.optional(),
    result: sha256,
    consent: id.optional(),
  }),
  z.strictObject({
    kind: z.literal('adaptation'),
    at: time,
    job: id,
    reference: sha256,
    style,
    consent: id.optional(),
  }),
  z.strictObject({ kind: z.literal('deletion'), at: time, file: sha256 }),
  /** What people will be asked, settled before they are; `limner rate plan`. */
  z.strictObject({ kind: z.literal('plan'), at: time, file: sha256 }),
]);

export type Entry = z.infer<typeof entrySchema>;
export type EntryKind = Entry['kind'];

/**
 * Names whoever gave a consent without telling the name: only who knows name and salt can show that they belong to the
 * entry, and once the salt is forgotten nobody can.
 * @param salt random, at least 16 bytes, another one for each consent
 */
export const grantorHash = (name: string, salt: Uint8Array): string =>
  createHash('sha256').update(salt).update(name.normalize('NFC')).digest('hex');

/** The bytes that are hashed: this text is stored and handed on as it is, never written anew. */
export const encodeEntry = (entry: Entry): string => JSON.stringify(entrySchema.parse(entry));

/** @throws when the text is no entry of a ledger */
export const decodeEntry = (text: string): Entry => entrySchema.parse(JSON.parse(text));
