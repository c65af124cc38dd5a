/** Text and dates that every database, log and file format can hold. */
import { z } from 'zod';

/** No control characters but tabs and ends of lines, and no halves of characters. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is refused
const SAFE = /^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ud800-\udfff]*$/u;

/** Words of people: names, reasons, secrets. */
export const textSchema = z.string().regex(SAFE, 'expected text without control characters');

/** A date and time in UTC between the years 1970 and 9999. */
export const dateTimeSchema = z.iso
  .datetime()
  .refine((text) => Date.parse(text) >= 0, 'expected a date since 1970');
