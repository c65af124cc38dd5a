import { expect, it } from 'vitest';
import { bundleWindow } from '../../scripts/build-window.ts';

it('names its classes so that no two differ in case alone: Figma’s quirks mode takes them for one', async () => {
  const [, css] = /<style>([\s\S]*?)<\/style>/.exec(await bundleWindow('inlined'))!;
  const selectors = css.replace(/\{[^{}]*\}/g, '{}');
  const names = new Set([...selectors.matchAll(/\.(-?[_a-zA-Z][-\w]*)/g)].map(([, name]) => name));
  expect(names.size).toBeGreaterThan(100);
  expect(new Set([...names].map((name) => name.toLowerCase())).size).toBe(names.size);
});
