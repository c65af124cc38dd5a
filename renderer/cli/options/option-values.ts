/** Values of options, checked as they are read; messages say what was expected, for what, and what came. */
import { Option } from 'commander';
import { LimnerError } from '../../../models/errors.ts';

const wrong = (expected: string, flag: string, received: string) =>
  new LimnerError('USAGE', `Expected ${expected} for ${flag} but received ${JSON.stringify(received)}.`);

const flagName = (flags: string) => flags.split(/[ ,]/)[0];

/** An option whose value is a number from `low` to `high`, or one of a few words. */
export function numberOption(
  flags: string,
  description: string,
  low: number,
  high: number,
  words: readonly string[] = [],
): Option {
  return new Option(flags, description).argParser((text: string) => {
    if (words.includes(text)) return text;
    const value = text.trim() === '' ? Number.NaN : Number(text);
    if (value >= low && value <= high) return value;
    throw wrong([`a number from ${low} to ${high}`, ...words].join(' or '), flagName(flags), text);
  });
}

/** An option whose value is a whole number of at least `low`. */
export function countOption(flags: string, description: string, low = 1): Option {
  return new Option(flags, description).argParser((text: string) => {
    const value = text.trim() === '' ? Number.NaN : Number(text);
    if (Number.isSafeInteger(value) && value >= low) return value;
    throw wrong(`a whole number of at least ${low}`, flagName(flags), text);
  });
}

/** An option whose value is one of a few words. */
export function choiceOption(flags: string, description: string, choices: readonly string[]): Option {
  return new Option(flags, `${description} (${choices.join(', ')})`).argParser((text: string) => {
    if (choices.includes(text)) return text;
    throw wrong(choices.join(' or '), flagName(flags), text);
  });
}
