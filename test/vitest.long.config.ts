/** `npm run test:long`: what takes minutes (the product at work in a browser, trainings, software WebGPU), and only that. */
import { defineConfig } from 'vitest/config';
import config, { LONG } from './vitest.config.ts';

const { projects, ...common } = config.test ?? {};

export default defineConfig({
  ...config,
  test: {
    ...common,
    globalSetup: 'test/hosts/chromium.ts',
    include: [LONG],
    coverage: { enabled: false },
  },
});
