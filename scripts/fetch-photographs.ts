/**
 * Fetches the photographs that the generators are trained on from Debian's packages into .cache/photographs:
 * node scripts/fetch-photographs.ts (needs apt-get and dpkg); --table prints them for models/MODEL_CARD.md instead.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { PHOTOGRAPHS, type PhotographPackage } from './training/photographs.ts';

if (process.argv.includes('--table')) printTable();
else for (const source of PHOTOGRAPHS) fetchPackage(source);

function fetchPackage({ name, folder, photographs }: PhotographPackage): void {
  const home = join('.cache', 'packages', name);
  mkdirSync(home, { recursive: true });
  run('apt-get', ['download', name], home);
  const archive = readdirSync(home).find((file) => file.endsWith('.deb'))!;
  run('dpkg', ['-x', archive, '.'], home);
  const target = join('.cache', 'photographs', name);
  mkdirSync(target, { recursive: true });
  for (const { file } of photographs) copyFileSync(join(home, folder, file), join(target, basename(file)));
}

function run(command: string, parameters: string[], cwd: string): void {
  const { status } = spawnSync(command, parameters, { cwd, stdio: 'inherit' });
  if (status !== 0) throw new Error(`${command} ${parameters.join(' ')} failed.`);
}

function printTable(): void {
  console.log('| picture | by | licence | Debian package |\n|---|---|---|---|');
  for (const { name, photographs } of PHOTOGRAPHS) {
    for (const { file, by, licence } of photographs)
      console.log(`| \`${basename(file)}\` | ${by} | ${licence} | \`${name}\` |`);
  }
}
