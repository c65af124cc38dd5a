/**
 * `npm run release -- patch|minor|major`: dates the first section of CHANGELOG.md, commits and tags the version that
 * package.json names, then begins the next one, so many steps further. It pushes and publishes nothing: it says how.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beginSection, dateSection } from './release/changelog.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const changelog = join(root, 'CHANGELOG.md');
const run = (command: string, ...args: string[]) =>
  execFileSync(command, args, { cwd: root, encoding: 'utf8' }).trim();
const versionNow = (): string => JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version;
const rewrite = (change: (text: string) => string) =>
  writeFileSync(changelog, change(readFileSync(changelog, 'utf8')));

const [step] = process.argv.slice(2);
if (!['patch', 'minor', 'major'].includes(step)) fail('Expected npm run release -- patch, minor or major.');
if (run('git', 'status', '--porcelain') !== '') fail('Commit or drop what is not committed first.');

const version = versionNow();
try {
  rewrite((text) => dateSection(text, version, new Date().toISOString().slice(0, 10)));
} catch (error) {
  fail((error as Error).message);
}
run('git', 'commit', '--all', '--message', `Limner ${version}`);
run('git', 'tag', `v${version}`);
run('npm', 'version', step, '--no-git-tag-version');
rewrite((text) => beginSection(text, versionNow()));
run('git', 'commit', '--all', '--message', `Begin ${versionNow()}`);
console.log(`v${version} is tagged. To publish it:
  git push --follow-tags
  git checkout v${version} && npm ci && .ci/run && npm publish && git checkout -`);

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}
