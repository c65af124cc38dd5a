/** `npm run test:long`: what takes minutes (the product at work in a browser, trainings, software WebGPU), and only that. */
import { defineConfig } from 'vitest/config';
import config, { LONG } from './vitest.config.ts';

// Not merged: merging would join the lists, and the long files would stay left out.
export default defineConfig({
  ...config,
  test: { ...config.test, include: [LONG], exclude: [], coverage: { enabled: false } },
});
