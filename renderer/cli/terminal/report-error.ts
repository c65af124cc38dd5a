import { ERRORS, withHint } from '../../../models/errors.ts';
import { failureOf } from '../../core/errors.ts';
import type { Io } from './io.ts';

/** What an error or a warning is about: a portrait, an image, a frame, a file, and its path. */
export type Subject = Readonly<Record<string, string>>;

/** Prints an error, as one line of JSON if wanted, and gives the exit code that goes with it. */
export function reportError(error: unknown, io: Io, json: boolean, subject: Subject = {}): number {
  const failure = failureOf(error);
  io.err(
    json
      ? JSON.stringify({ error: { ...failure, ...subject } })
      : oneLine(`limner: ${named(withHint(failure), subject)} [${failure.code}]`),
  );
  return ERRORS[failure.code].exit;
}

/** Prints a warning, as one line of JSON if wanted. */
export function reportWarning(message: string, io: Io, json: boolean, subject: Subject = {}): void {
  io.err(
    json
      ? JSON.stringify({ warning: { message, ...subject } })
      : oneLine(`limner: ${named(message, subject)}`),
  );
}

/** Names may have ends of lines, and sequences that a terminal obeys: shown as JSON has them. */
export const oneLine = (text: string): string =>
  text.replace(/[\p{Cc}\u2028\u2029\u202a-\u202e]/gu, (character) => {
    const escaped = JSON.stringify(character).slice(1, -1);
    return escaped === character ? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}` : escaped;
  });

/** Words with the path in front, unless they name it themselves. */
function named(message: string, subject: Subject): string {
  const missing = Object.values(subject).filter((path) => !message.includes(path));
  return [...missing, message].join(': ');
}
