import { LimnerError } from '../../../../models/errors.ts';

/** The bytes of a file that was sent. @throws UNSUPPORTED_MEDIA_TYPE, EMPTY_FILE */
export function fileBody(body: unknown): Uint8Array {
  if (body === undefined || body === null || (Buffer.isBuffer(body) && body.length === 0))
    throw new LimnerError('EMPTY_FILE', 'The body is empty.');
  if (Buffer.isBuffer(body)) return body;
  throw new LimnerError('UNSUPPORTED_MEDIA_TYPE', 'Expected a file as the body.');
}
