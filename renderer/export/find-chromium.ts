import { existsSync } from 'node:fs';
import { LimnerError } from '../../models/errors.ts';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** PUPPETEER_EXECUTABLE_PATH, or the first usual place that has one. @throws CHROMIUM_MISSING */
export function findChromium(places: readonly string[] = PLACES): string {
  const given = process.env['PUPPETEER_EXECUTABLE_PATH'];
  const found = (given ? [given] : places).find((path) => existsSync(path));
  if (found) return found;
  throw new LimnerError(
    'CHROMIUM_MISSING',
    `There is no Chromium${given ? ` at ${given}` : ' on this machine'}.`,
  );
}
