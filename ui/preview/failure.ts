/** What an error of the preview means: is it about the picture, or about what the preview runs on? */
import type { ErrorCode } from '../../models/errors.ts';
import { ChannelError } from '../../protocol/envelope.ts';

/** A fault of the device, or one that another device might not have. */
const DEVICE_CODES: readonly ErrorCode[] = [
  'DEVICE_UNAVAILABLE',
  'WEIGHTS_MISSING',
  'BAD_OUTPUT',
  'INTERNAL',
];

/** The code survives the way out of the worker; the class does not. */
export function isAboutDevice(error: unknown): boolean {
  if (error instanceof ChannelError) return false;
  const code = (error as { code?: unknown } | null)?.code;
  return code === undefined || DEVICE_CODES.includes(code as ErrorCode);
}
