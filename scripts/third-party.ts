/**
 * `npm run third-party`: writes THIRD_PARTY.md, every package that Limner's users get with it and its licence, from the
 * lock file; `--check` says whether it is up to date. Licences that must not ship end it.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

interface LockedPackage {
  readonly version?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly link?: boolean;
}

/** Copyleft of the whole work: never in what ships. LGPL libraries that stay exchangeable files, as libvips, may. */
const REFUSED = /(^|[^L])GPL/;

const lock = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')) as {
  readonly packages: Readonly<Record<string, LockedPackage>>;
};
const shipped = Object.entries(lock.packages)
  .filter(([path, { dev, link }]) => path !== '' && !dev && !link)
  .map(([path, { version = '', license = '' }]) => ({
    name: path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
    version,
    license,
  }));

const faults = shipped.filter(({ license }) => license === '' || REFUSED.test(license));
if (faults.length > 0) {
  for (const { name, version, license } of faults)
    console.error(`${name}@${version} may not ship: ${license || 'no licence is named'}.`);
  process.exit(1);
}

const rows = [
  ...new Set(shipped.map(({ name, version, license }) => `| ${name} | ${version} | ${license} |`)),
];
const text = `# What ships with Limner

Written by \`npm run third-party\` from package-lock.json; \`npm run check\` holds it. The networks and what they were
trained on are in [models/MODEL_CARD.md](models/MODEL_CARD.md). A bill of materials for tools:
\`npm sbom --package-lock-only --omit dev --sbom-format cyclonedx\`.

| package | version | licence |
|---|---|---|
${rows.sort((a, b) => a.localeCompare(b, 'en')).join('\n')}
`;

const file = join(root, 'THIRD_PARTY.md');
if (process.argv.includes('--check')) {
  if ((await readFile(file, 'utf8').catch(() => '')) !== text) {
    console.error('THIRD_PARTY.md is out of date: npm run third-party');
    process.exit(1);
  }
} else {
  await writeFile(file, text);
  console.log(`${rows.length} packages in ${file}.`);
}
