/** Chromium for tests in a real browser: what is installed, else Debian's. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import puppeteer, { type Browser } from 'puppeteer';

const PLACES = [
  process.env['PUPPETEER_EXECUTABLE_PATH'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

export function findChromium(): string | undefined {
  return PLACES.find((path) => path !== undefined && existsSync(path));
}

/** Set-up of the test run: installs Debian's chromium where there is none and the machine lets us. */
export default function installChromium(): void {
  if (findChromium() || process.platform !== 'linux' || process.getuid?.() !== 0) return;
  console.error('Tests need Chromium; installing Debian’s (once).');
  const run = (...args: string[]) =>
    spawnSync('apt-get', args, {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  run('update');
  run('install', '-y', '--no-install-recommends', 'chromium');
  if (!findChromium()) console.error('Chromium could not be installed: tests in a browser are skipped.');
}

export interface LaunchOptions {
  /** `host:port` of pages that count as loaded from the web: they may reach this machine with the user's permission only. */
  readonly publicPages?: readonly string[];
}

/** WebGPU runs on SwiftShader, in software; only secure contexts have it. */
export function launchChromium({ publicPages = [] }: LaunchOptions = {}): Promise<Browser> {
  return puppeteer.launch({
    executablePath: findChromium(),
    protocolTimeout: 600_000,
    args: [
      '--no-sandbox',
      '--enable-unsafe-webgpu',
      '--use-webgpu-adapter=swiftshader',
      '--enable-features=Vulkan',
      `--ip-address-space-overrides=${publicPages.map((page) => `${page}=public`).join(',')}`,
    ],
  });
}
