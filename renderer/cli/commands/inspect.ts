/** `limner inspect`: what a file says about its origin, and whether that can be believed. */
import type { Command } from 'commander';
import { readFileBytes } from '../../core/files/read-file.ts';
import { ledgerInspector } from '../inspect/inspect-ledger.ts';
import { provenanceInspector } from '../inspect/inspect-provenance.ts';
import { styleInspector } from '../inspect/inspect-style.ts';
import type { InspectOptions, InspectorFactory } from '../inspect/inspector.ts';
import { addRendererOptions } from '../options/renderer-options.ts';
import { stylesOption } from '../options/styles-option.ts';
import { eachInput } from '../terminal/each-input.ts';
import type { Io } from '../terminal/io.ts';
import { createProgress } from '../terminal/progress.ts';

const EXAMPLES = `
Examples:
  Was this picture made by Limner, by whom, from what, and is it as it was?
    $ limner inspect jane.mona-lisa.png
  Believe a colleague's pictures, too, whose root certificate you have been given:
    $ limner inspect jane.png --trust colleague-root.pem
  Whatever it says: does it look as if Limner made it in this style?
    $ limner inspect unknown.jpg --style mona-lisa.limner
  Is it in the log of the renderer that made it?
    $ limner inspect jane.png --renderer http://127.0.0.1:8017

PNG, JPEG, WebP, GIF, MP4 and MOV carry a signed manifest (C2PA); WebM and PDF carry XMP, which is not signed. The signer is checked against
your trust list: your own key, PEM files in the folder trust/ of LIMNER_HOME, and those of --trust.
Exit codes: 0 nothing wrong, 2 wrong usage, 3 bad input, or a file that is tampered with, stripped, or signed by somebody unknown
or with an expired certificate.`;

const INSPECTORS: readonly InspectorFactory[] = [provenanceInspector, ledgerInspector, styleInspector];

/** @param exit called with the exit code */
export function addInspectCommand(program: Command, io: Io, exit: (code: number) => void): void {
  const command = program
    .command('inspect')
    .description('Show where a file comes from, and check that it is unchanged.')
    .argument('<file...>', 'pictures, animations, videos and PDFs')
    .option('--trust <pem...>', 'believe signers that these certificates vouch for', [])
    .option('--style <style>', 'tell whether the picture was made in it: a .limner file, or a name')
    .addOption(stylesOption())
    .option('--ledger <copy>', 'look for proof in this copy of a ledger, too')
    .option('--json', 'print JSON, and errors as JSON on stderr', false);
  addRendererOptions(command)
    .addHelpText('after', EXAMPLES)
    .action(async (files: string[], options: InspectOptions) => exit(await inspectAll(files, options, io)));
}

async function inspectAll(files: readonly string[], options: InspectOptions, io: Io): Promise<number> {
  const opened = await Promise.all(INSPECTORS.map((open) => open(options)));
  const inspectors = opened.filter((inspector) => inspector !== null);
  let isAllWell = true;
  const progress = createProgress(io);
  const code = await eachInput(files, { io, json: options.json, progress, kind: 'file' }, async (path) => {
    const bytes = await readFileBytes(path);
    const findings = await Promise.all(inspectors.map((inspector) => inspector.inspect(bytes, path)));
    const ok = findings.every((finding) => finding.ok);
    isAllWell &&= ok;
    const facts = Object.assign({}, ...findings.map(({ json }) => json));
    const lines = [path, ...findings.flatMap((finding) => finding.lines.map((line) => `  ${line}`))];
    io.out(options.json ? JSON.stringify({ file: path, ok, ...facts }) : lines.join('\n'));
  });
  return code || (isAllWell ? 0 : 3);
}
