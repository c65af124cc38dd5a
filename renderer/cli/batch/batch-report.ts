/** What `limner batch` says: a line a portrait, progress, and at the end how many failed and why. */
import { basename } from 'node:path';
import { ERRORS, type ErrorCode, LimnerError, withHint } from '../../../models/errors.ts';
import type { LeftOut } from '../../core/pictures/list-pictures.ts';
import type { Io } from '../terminal/io.ts';
import type { Progress } from '../terminal/progress.ts';
import { oneLine, reportError } from '../terminal/report-error.ts';
import type { BatchOptions, Outcome } from './run-batch.ts';

export interface BatchReport extends Pick<BatchOptions, 'onProgress' | 'onOutcome'> {
  /** @returns the exit code */
  end(isInterrupted: boolean): number;
}

interface Options {
  readonly io: Io;
  readonly json: boolean;
  readonly progress: Progress;
}

type Failed = Extract<Outcome, { state: 'failed' }>;

/** @param total portraits @param leftOut what lies in their folder beside them: named at once */
export function createBatchReport(
  total: number,
  leftOut: readonly LeftOut[],
  { io, json, progress }: Options,
): BatchReport {
  const started = performance.now();
  const outcomes: Outcome[] = [];
  for (const one of leftOut) {
    if (json) io.out(JSON.stringify({ leftOut: one.path, reason: one.reason }));
    else io.err(oneLine(`limner: ${one.path}: left out: ${one.reason}.`));
  }
  const count = (state: Outcome['state']) => outcomes.filter((outcome) => outcome.state === state).length;
  return {
    onProgress: (share) =>
      progress.update(share, `${outcomes.length} of ${total}, ${count('failed')} failed`),
    onOutcome(outcome) {
      outcomes.push(outcome);
      progress.clear();
      if (json) io.out(JSON.stringify(outcome));
      else sayOutcome(outcome, io);
    },
    end(isInterrupted) {
      progress.clear();
      const failed = outcomes.filter((outcome): outcome is Failed => outcome.state === 'failed');
      const sums = {
        portraits: total,
        done: count('done'),
        complete: count('complete'),
        failed: failed.length,
        untried: total - outcomes.length,
        leftOut: leftOut.length,
      };
      const seconds = Math.round((performance.now() - started) / 100) / 10;
      const codes = groupByCode(failed);
      if (json) io.out(JSON.stringify({ summary: { ...sums, seconds, codes: namesOf(codes) } }));
      else saySums(sums, codes, io);
      if (isInterrupted) {
        const interrupted = new LimnerError('CANCELLED', 'The batch was interrupted.');
        return reportError(interrupted, io, json);
      }
      return failed.length > 0 ? ERRORS[failed[0].error.code].exit : 0;
    },
  };
}

function sayOutcome(outcome: Outcome, io: Io): void {
  if (outcome.state === 'failed') {
    io.err(oneLine(`limner: ${outcome.portrait}: ${withHint(outcome.error)} [${outcome.error.code}]`));
  }
  if (outcome.state !== 'done') return;
  const { portrait, output, width, height, milliseconds, device, warnings } = outcome;
  for (const warning of warnings) io.err(oneLine(`limner: ${portrait}: ${warning}`));
  io.out(oneLine(`${output} (${width}×${height}, ${milliseconds} ms on ${device})`));
}

type ByCode = ReadonlyMap<ErrorCode, readonly Failed[]>;

function groupByCode(failed: readonly Failed[]): ByCode {
  const codes = new Map<ErrorCode, Failed[]>();
  for (const one of failed) codes.set(one.error.code, [...(codes.get(one.error.code) ?? []), one]);
  return codes;
}

const namesOf = (codes: ByCode) =>
  Object.fromEntries([...codes].map(([code, failed]) => [code, failed.map(({ portrait }) => portrait)]));

/** Files named of each code; all of them have been named above. */
const MOST_NAMES = 5;

function saySums(sums: Readonly<Record<string, number>>, codes: ByCode, io: Io): void {
  const { portraits, done, complete, failed, untried, leftOut } = sums;
  const parts = [
    `${done} done`,
    ...(complete > 0 ? [`${complete} complete before`] : []),
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(untried > 0 ? [`${untried} not tried`] : []),
    ...(leftOut > 0 ? [`${leftOut} other ${leftOut === 1 ? 'thing' : 'things'} left out`] : []),
  ];
  io.err(`limner: ${portraits} ${portraits === 1 ? 'portrait' : 'portraits'}: ${parts.join(', ')}.`);
  for (const [code, which] of codes) {
    const names = which.slice(0, MOST_NAMES).map(({ portrait }) => basename(portrait));
    const more = which.length > MOST_NAMES ? ' …' : '';
    io.err(oneLine(`limner:   ${code}: ${which.length} (${names.join(', ')}${more})`));
  }
  if (failed + untried > 0) io.err('limner: The same command again does what is missing.');
}
