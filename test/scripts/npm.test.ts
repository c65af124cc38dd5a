import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../renderer/temporary-folder.ts';

const inFolder = temporaryFolder();
const node = fileURLToPath(new URL('../../scripts/node.mjs', import.meta.url));

it.runIf(process.platform === 'linux')('what npm run started ends when npm is asked to end', async () => {
  await mkdir(inFolder('project'));
  await writeFile(inFolder('project', 'server.mjs'), 'console.log(process.pid); setInterval(() => {}, 1e6);');
  await writeFile(
    inFolder('project', 'package.json'),
    JSON.stringify({ name: 'project', version: '1.0.0', scripts: { start: `node ${node} server.mjs` } }),
  );
  const npm = spawn('npm', ['run', '-s', 'start'], {
    cwd: inFolder('project'),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const pid = Number((await once(npm.stdout!.setEncoding('utf8'), 'data'))[0]);
  npm.kill('SIGTERM');
  // Its end of the pipe closes with the last process that has it.
  await once(npm.stdout!, 'close');
  expect(() => process.kill(pid, 0)).toThrow('ESRCH');
});
