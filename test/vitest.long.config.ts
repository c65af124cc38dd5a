/** `npm run test:long`: what takes minutes (the product at work in a browser, trainings, software WebGPU), and only that. */
import { defineConfig, mergeConfig } from 'vitest/config';
import config, { LONG } from './vitest.config.ts';

export default mergeConfig(
  config,
  defineConfig({ test: { include: [LONG], exclude: [], coverage: { enabled: false } } }),
);
