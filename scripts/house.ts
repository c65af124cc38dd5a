/** `npm run house`: draws docs/house.svg, the folders of the product and who imports whom, from the imports themselves. */
import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
/** Folders whose folders are rooms of their own. */
const HOUSES = ['models', 'renderer'];
const FOLDERS = ['models', 'protocol', 'renderer', 'plugin', 'ui'];
const COLOURS: Readonly<Record<string, string>> = {
  models: '#fdf0d9',
  renderer: '#e2effb',
  protocol: '#eef1f5',
  plugin: '#e8f5e4',
  ui: '#e8f5e4',
};
/** px */
const [WIDTH, HEIGHT, GAP_X, GAP_Y, MARGIN] = [118, 34, 26, 46, 24];

interface Module {
  readonly source: string;
  readonly dependencies: readonly { readonly resolved: string }[];
}

function roomOf(path: string): string | undefined {
  const [folder, inside, file] = path.split('/');
  if (!FOLDERS.includes(folder)) return undefined;
  if (!HOUSES.includes(folder)) return folder;
  return file ? `${folder}/${inside}` : undefined;
}

function readImports(): Map<string, Set<string>> {
  const cruiser = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const args = [cruiser, '--config', '.dependency-cruiser.cjs', '--output-type', 'json', ...FOLDERS];
  const { stdout } = spawnSync(process.execPath, args, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  const imports = new Map<string, Set<string>>();
  for (const { source, dependencies } of (JSON.parse(stdout) as { modules: Module[] }).modules) {
    const from = roomOf(source);
    if (!from) continue;
    const others = imports.get(from) ?? new Set();
    imports.set(from, others);
    for (const { resolved } of dependencies) {
      const to = roomOf(resolved);
      if (to && to !== from) others.add(to);
    }
  }
  return imports;
}

/** Longest way down from each room: the ground floor imports nothing. */
function floorsOf(imports: Map<string, Set<string>>): Map<string, number> {
  const floors = new Map<string, number>();
  const floorOf = (room: string): number => {
    const known = floors.get(room);
    if (known !== undefined) return known;
    const floor = Math.max(-1, ...[...(imports.get(room) ?? [])].map(floorOf)) + 1;
    floors.set(room, floor);
    return floor;
  };
  for (const room of imports.keys()) floorOf(room);
  return floors;
}

/** What is imported by way of another import is not drawn. */
function isDirect(from: string, to: string, imports: Map<string, Set<string>>): boolean {
  const reaches = (room: string): boolean =>
    [...(imports.get(room) ?? [])].some((next) => next === to || reaches(next));
  return ![...(imports.get(from) ?? [])].some((other) => other !== to && reaches(other));
}

function draw(imports: Map<string, Set<string>>): string {
  const floors = floorsOf(imports);
  const top = Math.max(...floors.values());
  const rows = Array.from({ length: top + 1 }, (_, floor) =>
    [...floors.keys()].filter((room) => floors.get(room) === floor).sort(),
  );
  const widest = Math.max(...rows.map((row) => row.length)) * (WIDTH + GAP_X) - GAP_X;
  const places = new Map<string, readonly [number, number]>();
  for (const [floor, row] of rows.entries()) {
    const left = MARGIN + (widest - (row.length * (WIDTH + GAP_X) - GAP_X)) / 2;
    row.forEach((room, i) => {
      places.set(room, [left + i * (WIDTH + GAP_X), MARGIN + (top - floor) * (HEIGHT + GAP_Y)]);
    });
  }
  const lines = [...imports].flatMap(([from, others]) =>
    [...others]
      .filter((to) => isDirect(from, to, imports))
      .map((to) => {
        const [[x1, y1], [x2, y2]] = [places.get(from)!, places.get(to)!];
        const [start, end] = [y1 + HEIGHT, y2 - 3];
        const middle = (start + end) / 2;
        return `<path d="M${x1 + WIDTH / 2} ${start}C${x1 + WIDTH / 2} ${middle} ${x2 + WIDTH / 2} ${middle} ${x2 + WIDTH / 2} ${end}"/>`;
      }),
  );
  const boxes = [...places].map(
    ([room, [x, y]]) =>
      `<rect x="${x}" y="${y}" width="${WIDTH}" height="${HEIGHT}" rx="5" fill="${COLOURS[room.split('/')[0]]}"/>`,
  );
  const names = [...places].map(
    ([room, [x, y]]) => `<text x="${x + WIDTH / 2}" y="${y + HEIGHT / 2 + 4}">${room}</text>`,
  );
  const [width, height] = [widest + 2 * MARGIN, top * (HEIGHT + GAP_Y) + HEIGHT + 2 * MARGIN];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif" font-size="12">
<title>Folders of the product and who imports whom</title>
<defs><marker id="tip" markerWidth="7" markerHeight="7" refX="5" refY="3" orient="auto"><path d="M0 0L6 3L0 6Z" fill="#8a8f98"/></marker></defs>
<rect width="${width}" height="${height}" fill="#fff"/>
<g fill="none" stroke="#8a8f98" marker-end="url(#tip)">
${lines.join('\n')}
</g>
<g stroke="#8a8f98">
${boxes.join('\n')}
</g>
<g text-anchor="middle" fill="#16181d">
${names.join('\n')}
</g>
</svg>
`;
}

await writeFile(join(root, 'docs/house.svg'), draw(readImports()));
console.log('Drew docs/house.svg.');
