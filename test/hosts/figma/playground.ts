/** `npm run playground`: the plugin in a page with sample pictures, for whoever has no Figma at hand. */
import { fileURLToPath } from 'node:url';
import { servePage } from './serve-page.ts';

const { url } = await servePage({
  port: Number(process.env['PORT'] ?? 8018),
  dist: fileURLToPath(new URL('../../../dist/', import.meta.url)),
});
console.log(`Try the plugin at ${url}?samples (Ctrl+C ends it).`);
