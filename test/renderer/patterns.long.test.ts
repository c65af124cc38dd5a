/** A pattern whose time grows faster than what it looks at lets a short text stop a process: none may, wherever it is used. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { check } from 'recheck';
import ts from 'typescript';
import { expect, it } from 'vitest';

function patternsIn(folder: string): [string, string, string][] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .flatMap((name) => patternsOf(join(folder, name)));
}

function patternsOf(path: string): [string, string, string][] {
  const found: [string, string, string][] = [];
  const visit = (node: ts.Node) => {
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf('/');
      found.push([path, node.text.slice(1, end), node.text.slice(end + 1)]);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest));
  return found;
}

it.each(['renderer', 'protocol'])(
  'every pattern of %s/ takes linear time',
  async (folder) => {
    const patterns = patternsIn(folder);
    expect(patterns.length).toBeGreaterThan(0);
    const suspects: string[] = [];
    for (const [path, source, flags] of patterns) {
      const { status } = await check(source, flags, { timeout: 120_000 });
      if (status !== 'safe') suspects.push(`${path}: /${source}/${flags} is ${status}`);
    }
    expect(suspects).toEqual([]);
  },
  300_000,
);
