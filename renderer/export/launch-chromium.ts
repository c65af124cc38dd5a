import { existsSync } from 'node:fs';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import puppeteer, { type Browser } from 'puppeteer-core';
import { childEnvironment } from '../core/processes/child-environment.ts';

const ARGUMENTS = [
  '--disable-extensions',
  '--disable-background-networking',
  '--disable-sync',
  '--disable-component-update',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--force-color-profile=srgb',
  '--font-render-hinting=none',
  '--disable-lcd-text',
  // Even where the interception failed no name would resolve.
  '--host-resolver-rules=MAP * ~NOTFOUND',
];

/** The user and group `nobody` and `nogroup` on the systems we know. */
const NOBODY = 65534;
/** Of util-linux: starts a program as another user. */
const SETPRIV = ['/usr/bin/setpriv', '/bin/setpriv'];

/**
 * Chromium with its sandbox. Its sandbox refuses to run as root, so there it runs as nobody; where the system allows no
 * sandbox at all it runs without one, and as nobody still.
 */
export async function launchChromium(executablePath: string, protocolTimeout: number): Promise<Browser> {
  const isRoot = process.getuid?.() === 0;
  const setpriv = isRoot ? SETPRIV.find(existsSync) : undefined;
  const profile = await mkdtemp(join(tmpdir(), 'limner-chromium-'));
  if (setpriv) await chown(profile, NOBODY, NOBODY);
  const start = async (sandbox: readonly string[]) => {
    const wanted = { headless: true, userDataDir: profile, args: [...ARGUMENTS, ...sandbox] };
    const args = await puppeteer.defaultArgs(wanted);
    const asNobody = [`--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups', executablePath];
    return puppeteer.launch({
      // It ends when its pipe does, however this process ends.
      pipe: true,
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
      executablePath: setpriv ?? executablePath,
      ignoreDefaultArgs: true,
      args: setpriv ? [...asNobody, ...args] : args,
      env: { ...childEnvironment('browsing'), ...(setpriv ? { HOME: profile } : {}) },
      protocolTimeout,
    });
  };
  const browser = await (isRoot && !setpriv
    ? start(['--no-sandbox'])
    : start([]).catch(() => start(['--no-sandbox'])));
  browser.once(
    'disconnected',
    () => void rm(profile, { recursive: true, force: true, maxRetries: 5 }).catch(() => undefined),
  );
  return browser;
}
