/** Builds the plugin's window: inlined for Figma, hosted for the renderer, and the assets that both load when needed. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build, type OutputFile, type Plugin, transform } from 'esbuild';
import { ASSETS } from '../protocol/window-assets.ts';
import { packAsset, type WindowKind } from '../renderer/server/http/window-assets.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

const TARGET = 'es2022';

const RUNTIMES: Record<WindowKind, string> = {
  inlined: 'onnxruntime-web/wasm',
  hosted: 'onnxruntime-web/webgpu',
};

/**
 * The code of the preview's worker: a classic script, because a page of opaque origin, such as a plugin's window, can
 * start no module from a blob.
 */
export async function bundleWorker(kind: WindowKind): Promise<string> {
  const [worker] = await bundle(join(root, 'ui/preview/worker.ts'), {
    format: 'iife',
    alias: { 'onnxruntime-web': RUNTIMES[kind] },
    // ONNX Runtime looks for its files beside itself; it is given them as bytes, but wants a valid address.
    define: { 'import.meta.url': '"https://localhost/"' },
  });
  return worker.text;
}

/**
 * One HTML file that needs nothing beside it until it previews.
 *
 * Class names are not shortened: in Figma the page is in quirks mode, where selectors ignore case, and esbuild's short
 * names differ in case alone. The script is shortened afterwards, when the names are text in it.
 */
export async function bundleWindow(kind: WindowKind): Promise<string> {
  const files = await bundle(join(root, 'ui/main.tsx'), {
    jsx: 'automatic',
    jsxImportSource: 'preact',
    outdir: 'out',
    minifyIdentifiers: false,
    define: {
      PREVIEW_WORKER: JSON.stringify(await bundleWorker(kind)),
      WINDOW_KIND: JSON.stringify(kind),
    },
  });
  const part = (extension: string) => files.find(({ path }) => path.endsWith(extension))?.text ?? '';
  const script = await transform(part('.js'), { format: 'esm', target: TARGET, minify: true });
  const template = await readFile(join(root, 'ui/window.html'), 'utf8');
  return template
    .replace('/* style */', () => part('.css'))
    .replace('/* script */', () => script.code.replaceAll('</script', '<\\/script'));
}

/** Writes ui.html with assets/ as text for the plugin, and hosted/ for the renderer, which packs the assets itself. */
export async function buildWindow(dist: string): Promise<void> {
  await mkdir(join(dist, 'assets'), { recursive: true });
  await mkdir(join(dist, 'hosted'), { recursive: true });
  await writeFile(join(dist, 'ui.html'), await bundleWindow('inlined'));
  await writeFile(join(dist, 'hosted/index.html'), await bundleWindow('hosted'));
  for (const name of ASSETS) {
    const text = (await packAsset(name, 'inlined')).toString('base64');
    await writeFile(join(dist, `assets/${name}.txt`), text);
  }
}

/** @create-figma-plugin/ui marks the style sheets that its own builder injects by an exclamation mark. */
const markedStyleSheets: Plugin = {
  name: 'marked-style-sheets',
  setup({ onResolve }) {
    onResolve({ filter: /^!.*\.css$/ }, ({ path, resolveDir }) => ({
      path: join(resolveDir, path.slice(1)),
    }));
  },
};

async function bundle(entry: string, options: BuildOptions): Promise<readonly OutputFile[]> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'esm',
    target: TARGET,
    minifyWhitespace: true,
    minifySyntax: true,
    minifyIdentifiers: true,
    legalComments: 'none',
    logLevel: 'warning',
    plugins: [markedStyleSheets],
    ...options,
  });
  return outputFiles ?? [];
}
