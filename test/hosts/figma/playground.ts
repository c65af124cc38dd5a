/** `npm run playground`: the plugin in a page with sample pictures, for whoever has no Figma at hand. */
import { servePage } from './serve-page.ts';

const { url } = await servePage(Number(process.env['PORT'] ?? 8018));
console.log(`Try the plugin at ${url}?samples (Ctrl+C ends it).`);
