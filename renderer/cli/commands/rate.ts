/** `limner rate`: people are asked. */
import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import type { Command } from 'commander';
import { LimnerError } from '../../../models/errors.ts';
import { readFileBytes } from '../../core/files/read-file.ts';
import { checkWritable, saveFile } from '../../core/files/save-file.ts';
import { readCopy } from '../../ledger/copy.ts';
import { makePlan } from '../../rating/plan/make-plan.ts';
import { notePlan } from '../../rating/plan/note-plan.ts';
import { openPlan, QUESTIONS, type QuestionName } from '../../rating/plan/plan.ts';
import { makeReport } from '../../rating/report/make-report.ts';
import { reportHtml } from '../../rating/report/report-html.ts';
import { describeReport } from '../../rating/report/words.ts';
import { startRating } from '../../rating/server/start-rating.ts';
import { eraseRater } from '../../rating/server/vote-files.ts';
import { choiceOption, countOption, numberOption } from '../options/option-values.ts';
import { addRendererOptions, type RendererOptions, tokenFor } from '../options/renderer-options.ts';
import { interrupted } from '../options/service-options.ts';
import type { Io } from '../terminal/io.ts';
import { createProgress } from '../terminal/progress.ts';
import { reportWarning } from '../terminal/report-error.ts';

const EXAMPLES = `
Examples:
  Two folders of results of the same names (limner evaluate style --results makes such), judged by people:
    $ limner rate plan ours/ theirs/ --originals people/ --references paintings/ --out rating/
    $ limner rate serve rating/
    $ limner rate report rating/
  Which enlarging network looks real, in the design of Ledig et al. 2017:
    $ limner rate plan srgan/ srresnet/ bicubic/ --originals hr/ --question realism --out realism/

All is settled before the first vote and stands in plan.json: questions, pictures and their hashes, order, whose votes will
not count. docs/rating.md has a walk through it.`;

const PLAN_HELP = `
quality     1 to 5, one picture at a time; with the untouched photograph and Reinhard's colour transfer hidden among them
medium      1 to 5, beside the reference: does it look made in the same medium?
identity    which of two is more clearly the person, with the photograph between them
steadiness  which of two animated GIF or WebP files is steadier
realism     1 to 5, one at a time; originals (5) and pixels as squares (1) for training and hidden; originals have the
            size of the results

Without --question: quality, medium where there are --references, identity where there are --originals and two folders; of
animated files, steadiness. Results are matched by name in all folders; PORTRAIT.STYLE.png finds its photograph and its
reference. Photographs are resized to their results, references never enlarged, and all without metadata.`;

const REPORT_HELP = `
Writes report.html and report.json into the folder, or where --out says, and sums them up. Raters are left out by the rules of
the plan; the same numbers with everybody, and after the screening of ITU-R BT.500, stand beside. The same votes and
seed give the same intervals.`;

/** @param exit called with the exit code */
export function addRateCommand(program: Command, io: Io, exit: (code: number) => void): void {
  const rate = program
    .command('rate')
    .description('Ask people: a plan, a blind page on this machine, a report.')
    .addHelpText('after', EXAMPLES);
  addPlan(rate, io);
  rate
    .command('serve')
    .description('Show the pictures of a plan on a page of this machine, and take votes.')
    .argument('<dir>', 'what limner rate plan wrote')
    .addOption(countOption('--port <n>', 'where to listen; 0 takes any that is free', 0).default(8018))
    .action(async (dir: string, { port }: { port: number }) => {
      const { url, stop } = await startRating(await openPlan(dir), port);
      io.err(`limner: open ${url} in a browser on this machine; votes go to ${join(dir, 'votes')}.`);
      await interrupted(io.signal);
      await stop();
      exit(0);
    });
  addReport(rate, io);
  const note = rate
    .command('note')
    .description('Put the hash of a plan into the ledger of a renderer, as rate plan --renderer does.')
    .argument('<dir>', 'what limner rate plan wrote');
  addRendererOptions(note).action(async (dir: string, { renderer, tokenEnv }: RendererOptions) => {
    if (renderer === undefined)
      throw new LimnerError('USAGE', 'Expected the address of a renderer for --renderer.');
    const { index } = await notePlan(await openPlan(dir), renderer, tokenFor(renderer, tokenEnv));
    io.out(`Entry ${index} of the ledger of ${renderer}.`);
  });
  rate
    .command('erase')
    .description('Remove all votes of a rater, by the name that the page showed.')
    .argument('<dir>', 'what limner rate plan wrote')
    .argument('<rater>', 'the name')
    .action(async (dir: string, rater: string) => {
      await openPlan(dir);
      io.out(`Erased: ${await eraseRater(dir, rater)} votes.`);
    });
}

interface PlanCommandOptions extends RendererOptions {
  originals: string[];
  references: string[];
  question: QuestionName[];
  out: string;
  seed?: number;
  items?: number;
  edge: number;
  ties: boolean;
  minutes: number;
  json: boolean;
}

function addPlan(rate: Command, io: Io): void {
  const collect = (value: QuestionName, before: QuestionName[]) => [...before, value];
  const question = choiceOption('--question <name>', 'what is asked; repeatable', QUESTIONS);
  const check = question.parseArg ?? ((text: string) => text);
  question.argParser((text: string, before: QuestionName[]) =>
    collect(check(text, undefined) as QuestionName, before ?? []),
  );
  const command = rate
    .command('plan')
    .description('Settle what people will be asked about the results in some folders.')
    .argument('<dir...>', 'folders of results, one a method; NAME=DIR names it')
    .option('--originals <dir...>', 'folders of the photographs', [])
    .option('--references <dir...>', 'folders of the style references', [])
    .addOption(question.default([], 'by what there is'))
    .option('--out <dir>', 'where the plan, its pictures and the votes go', 'rating')
    .addOption(countOption('--seed <n>', 'draws order and names; default: any', 0))
    .addOption(countOption('--items <n>', 'at most n pictures of each method, drawn by the seed'))
    .addOption(countOption('--edge <px>', 'larger pictures are cut to their middle', 64).default(640))
    .option('--no-ties', 'choices without "no difference"')
    .addOption(numberOption('--minutes <n>', 'a session at most', 1, 20).default(20))
    .option('--json', 'print JSON, and errors as JSON on stderr', false)
    .addHelpText('after', PLAN_HELP);
  addRendererOptions(command).action((folders: string[], options: PlanCommandOptions) =>
    plan(folders, options, io),
  );
}

async function plan(folders: string[], options: PlanCommandOptions, io: Io): Promise<void> {
  const { renderer, tokenEnv } = options;
  const token = renderer === undefined ? '' : tokenFor(renderer, tokenEnv);
  const progress = createProgress(io);
  const made = await makePlan({
    ...options,
    folders,
    questions: options.question,
    seed: options.seed ?? randomInt(2 ** 32 - 1),
    signal: io.signal,
    onProgress: (done, total) => progress.update(done / total, `${done} of ${total}`),
  }).finally(progress.clear);
  for (const name of made.incomplete)
    reportWarning(`Left out: ${name} is not in all folders.`, io, options.json);
  const note = renderer === undefined ? null : await notePlan(made, renderer, token);
  const { questions, stimuli } = made.plan;
  const asked = questions.map(({ name, trials }) => ({ name, trials: trials.length }));
  if (options.json)
    io.out(
      JSON.stringify({
        folder: made.folder,
        sha256: made.sha256,
        pictures: stimuli.length,
        asked,
        entry: note?.index ?? null,
      }),
    );
  else {
    io.out(`${join(made.folder, 'plan.json')}, SHA-256 ${made.sha256}`);
    if (note) io.out(`  entry ${note.index} of the ledger of ${renderer}`);
    for (const { name, trials } of asked) io.out(`  ${name}: ${trials} to be voted on`);
    io.out(`Next: limner rate serve ${made.folder}`);
  }
}

interface ReportCommandOptions {
  out?: string;
  precision: number;
  ledger?: string;
  trust: string[];
  seed?: number;
  json: boolean;
}

function addReport(rate: Command, io: Io): void {
  rate
    .command('report')
    .description('Sum up the votes: means, intervals, agreement, who was left out why.')
    .argument('<dir>', 'what limner rate plan wrote')
    .option('--out <dir>', 'where report.html and report.json go; default: the folder itself')
    .addOption(
      numberOption('--precision <points>', 'half of the interval that is wished', 0.01, 2).default(0.25),
    )
    .option('--ledger <copy>', 'a copy of a ledger (limner ledger export) that may know the plan')
    .option('--trust <pem...>', 'believe signers of ledgers that these certificates vouch for', [])
    .addOption(countOption('--seed <n>', "draws intervals; default: the plan's", 0))
    .option('--json', 'print JSON, and errors as JSON on stderr', false)
    .addHelpText('after', REPORT_HELP)
    .action((dir: string, options: ReportCommandOptions) => report(dir, options, io));
}

async function report(dir: string, options: ReportCommandOptions, io: Io): Promise<void> {
  const { out = dir, precision, ledger, json } = options;
  const [html, data] = [join(out, 'report.html'), join(out, 'report.json')];
  await checkWritable(html);
  const opened = await openPlan(dir);
  const copy =
    ledger === undefined
      ? undefined
      : readCopy(new TextDecoder().decode(await readFileBytes(ledger)), ledger);
  const made = await makeReport(opened, {
    seed: options.seed ?? opened.plan.seed,
    precision,
    ledger: copy,
    trusted: options.trust,
  });
  await saveFile(html, Buffer.from(reportHtml(made)), io.signal);
  await saveFile(data, Buffer.from(`${JSON.stringify(made, null, 1)}\n`), io.signal);
  io.out(json ? JSON.stringify(made) : `${describeReport(made)}\n\n${html}`);
}
