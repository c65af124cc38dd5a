import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { type ErrorCode, LimnerError } from '../../../models/errors.ts';
import { PIPE, readStandardInput } from './standard-streams.ts';

/** No picture within the pixel limit needs more. */
const MAX_BYTES = 512 * 1024 * 1024;

const CODES: Record<string, [ErrorCode, string]> = {
  ENOENT: ['NOT_FOUND', 'There is no file'],
  ENOTDIR: ['NOT_FOUND', 'There is no file'],
  ENAMETOOLONG: ['NOT_FOUND', 'There is no file'],
  EISDIR: ['NOT_A_FILE', 'Expected a file but received the folder'],
};

/** The bytes of a regular file, or of standard input for `-`. @throws NOT_FOUND, NOT_A_FILE, NOT_READABLE, EMPTY_FILE, FILE_TOO_LARGE */
export async function readFileBytes(path: string): Promise<Uint8Array> {
  try {
    return await (path === PIPE ? readPipe() : readRegularFile(path));
  } catch (cause) {
    if (cause instanceof LimnerError) throw cause;
    if (path.includes(UNREADABLE)) throw misnamed(path, cause);
    const [code, what] = CODES[(cause as NodeJS.ErrnoException).code ?? ''] ?? [
      'NOT_READABLE',
      'Cannot read',
    ];
    throw new LimnerError(code, `${what} ${path}.`, { cause });
  }
}

/** What stands for bytes that are no UTF-8: such a name cannot be asked for again. */
const UNREADABLE = '\ufffd';

const misnamed = (path: string, cause: unknown) =>
  new LimnerError('NOT_READABLE', `The name of ${path} is not written in UTF-8.`, {
    cause,
    hint: 'Rename it.',
  });

async function readPipe(): Promise<Uint8Array> {
  const bytes = await readStandardInput();
  if (bytes.length === 0) throw new LimnerError('EMPTY_FILE', 'Nothing came through standard input.');
  return bytes;
}

/** Bytes from the beginning by which a picture is known. */
const HEAD = 64;

/** The first bytes of a regular file, none of anything else. @throws what the system says */
export async function readHead(path: string): Promise<Uint8Array> {
  const file = await openFile(path);
  try {
    if (!(await file.stat()).isFile()) return new Uint8Array();
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD), 0, HEAD, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** Without O_NONBLOCK opening a pipe would wait for its writer for ever. */
function openFile(path: string) {
  const { O_RDONLY, O_NONBLOCK = 0 } = constants;
  return open(path, O_RDONLY | O_NONBLOCK);
}

async function readRegularFile(path: string): Promise<Uint8Array> {
  const file = await openFile(path);
  try {
    const stat = await file.stat();
    if (stat.isDirectory())
      throw new LimnerError('NOT_A_FILE', `Expected a file but received the folder ${path}.`);
    if (!stat.isFile()) throw new LimnerError('NOT_A_FILE', `${path} is not a regular file.`);
    if (stat.size === 0) throw new LimnerError('EMPTY_FILE', `The file ${path} is empty.`);
    if (stat.size > MAX_BYTES) {
      throw new LimnerError('FILE_TOO_LARGE', `${path} has ${stat.size} bytes; the limit is ${MAX_BYTES}.`);
    }
    return await file.readFile();
  } finally {
    await file.close();
  }
}
