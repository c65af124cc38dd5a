import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../renderer/temporary-folder.ts';

const inFolder = temporaryFolder();
const finder = fileURLToPath(new URL('../../scripts/node.mjs', import.meta.url));

async function run(source: string, ...args: string[]) {
  const path = inFolder('script.ts');
  await writeFile(path, source);
  return spawnSync(process.execPath, [finder, path, ...args], { encoding: 'utf8' });
}

it('runs TypeScript with its arguments, quietly, under the Node that is new enough', async () => {
  const source = 'const [, , ...args]: string[] = process.argv; console.log(args.join(), process.execPath);';
  const { status, stdout, stderr } = await run(source, 'a', '--b=c');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toBe(`a,--b=c ${process.execPath}\n`);
});

it('hands on the exit code', async () => {
  expect((await run('process.exit(7)')).status).toBe(7);
});
