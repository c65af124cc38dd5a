/**
 * Runs a script of this repository under a Node that is new enough (>= 22.12), fetching one if need be.
 *
 *   node scripts/node.mjs FILE [ARGS...]
 *
 * Plain JavaScript without dependencies, because it is the one file that must run on an old Node.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const MINIMUM = [22, 12];
const FETCHED = '24.9.0';

/** @param {string} version "22.12.0" */
const isNewEnough = (version) => {
  const [major, minor] = version.split('.').map(Number);
  return major > MINIMUM[0] || (major === MINIMUM[0] && minor >= MINIMUM[1]);
};

/** The path of a new enough Node: this one, or the one kept in .cache/node, fetched from npm when missing. */
function findNode() {
  if (isNewEnough(process.versions.node)) return process.execPath;
  const name = `node-${process.platform}-${process.arch}`;
  const home = join(root, '.cache', 'node', FETCHED);
  const binary = join(home, 'node_modules', name, 'bin', 'node');
  if (existsSync(binary)) return binary;
  console.error(
    `Limner needs Node ${MINIMUM.join('.')} or newer; this is ${process.versions.node}. ` +
      `Fetching ${name}@${FETCHED} from npm into .cache/node (once).`,
  );
  const partial = `${home}.${process.pid}`;
  mkdirSync(partial, { recursive: true });
  writeFileSync(join(partial, 'package.json'), '{"private":true}\n');
  const install = spawnSync(
    'npm',
    [
      'install',
      '--no-save',
      '--no-audit',
      '--no-fund',
      '--ignore-scripts',
      '--loglevel=error',
      `${name}@${FETCHED}`,
    ],
    { cwd: partial, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  if (install.status !== 0) {
    rmSync(partial, { recursive: true, force: true });
    console.error(`Could not fetch ${name}. Install Node ${MINIMUM.join('.')} or newer and run this again.`);
    process.exit(1);
  }
  try {
    renameSync(partial, home);
  } catch {
    rmSync(partial, { recursive: true, force: true }); // another process was first
  }
  return binary;
}

const node = findNode();
const path = `${dirname(node)}:${process.env.PATH ?? ''}`;
const child = spawn(
  node,
  ['--experimental-strip-types', '--disable-warning=ExperimentalWarning', ...process.argv.slice(2)],
  { stdio: 'inherit', env: { ...process.env, PATH: path } },
);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
// The shell between npm and this passes no signal on: it just ends.
const parent = process.ppid;
const isOrphaned = () => process.env.npm_lifecycle_event !== undefined && process.ppid !== parent;
setInterval(() => isOrphaned() && child.kill('SIGTERM'), 500).unref();
child.on('exit', (code, signal) => {
  if (signal) process.kill(process.pid, signal);
  else process.exit(code ?? 1);
});
