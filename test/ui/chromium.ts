/** Chromium for the tests of the window, if there is one. */
import { existsSync } from 'node:fs';
import puppeteer, { type Browser } from 'puppeteer';

const EXECUTABLE = process.env['PUPPETEER_EXECUTABLE_PATH'] ?? '/usr/bin/chromium';

export const hasChromium = existsSync(EXECUTABLE);

/** WebGPU runs on SwiftShader, in software; only secure contexts have it. */
export function launchChromium(): Promise<Browser> {
  return puppeteer.launch({
    executablePath: EXECUTABLE,
    args: [
      '--no-sandbox',
      '--enable-unsafe-webgpu',
      '--use-webgpu-adapter=swiftshader',
      '--enable-features=Vulkan',
    ],
  });
}
