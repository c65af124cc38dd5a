/** Names by which the parts of the API refer to each other. */
import { z } from 'zod';

/** SHA-256 of a picture's bytes as they were sent, in lower-case hexadecimal. */
export const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 lower-case hexadecimal digits');

/** Chosen by the caller, or by the server for `POST /v1/jobs`. The n-th job of a batch is called `ID.n`. */
export const jobIdSchema = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}(\.\d{1,4})?$/, 'expected up to 64 letters, digits, - and _');

/** Chosen by whoever uploads the style; that of an adapted style is the id of its job. */
export const styleIdSchema = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, 'expected up to 64 letters, digits, - and _');

/** What restyles: a picture that was uploaded, as it is, or a style by its id. */
export const styleRefSchema = z.union([
  z.strictObject({ picture: sha256Schema }),
  z.strictObject({ style: styleIdSchema }),
]);
export type StyleRef = z.infer<typeof styleRefSchema>;
