import { expect, it } from 'vitest';
import { LimnerError } from '../../../../models/errors.ts';
import { RendererError } from '../../../../protocol/renderer-api/errors.ts';
import type { Io } from '../../../../renderer/cli/terminal/io.ts';
import { reportError } from '../../../../renderer/cli/terminal/report-error.ts';

function report(error: unknown, json: boolean) {
  const lines: string[] = [];
  const io: Io = {
    out: () => undefined,
    err: (text) => lines.push(text),
    isTerminal: false,
    signal: new AbortController().signal,
  };
  const exit = reportError(error, io, json, { portrait: 'ada.png' });
  return { exit, lines };
}

const noFace = new LimnerError('NO_FACE', 'No face was found.');

it('says what happened and then what to do next', () => {
  expect(report(noFace, false)).toEqual({
    exit: 3,
    lines: [
      'limner: ada.png: No face was found. Use a picture in which a face is clearly visible, larger than 64 px. [NO_FACE]',
    ],
  });
});

it('shows names with ends of lines and codes of terminals on one line, as they are in JSON', () => {
  const error = new LimnerError('NOT_FOUND', 'There is no file a\nb\u001b[2J\u202e.png.');
  expect(report(error, false).lines).toEqual([
    'limner: ada.png: There is no file a\\nb\\u001b[2J\\u202e.png. Check the path. [NOT_FOUND]',
  ]);
  expect(JSON.parse(report(error, true).lines[0]).error.message).toContain('a\nb\u001b[2J');
});

it('keeps the two apart in JSON', () => {
  const [line] = report(noFace, true).lines;
  expect(JSON.parse(line)).toEqual({
    error: {
      code: 'NO_FACE',
      message: 'No face was found.',
      hint: 'Use a picture in which a face is clearly visible, larger than 64 px.',
      portrait: 'ada.png',
    },
  });
});

it('takes the advice of whoever knows more than the catalogue', () => {
  const error = new LimnerError('NO_FACE', 'No face was found.', { hint: 'Look up.' });
  expect(report(error, false).lines).toEqual(['limner: ada.png: No face was found. Look up. [NO_FACE]']);
});

it("adds nothing to a renderer's own words", () => {
  const now = new RendererError('NO_FACE', 'No face.', { hint: 'Look up.' });
  expect(report(now, false).lines).toEqual(['limner: ada.png: No face. Look up. [NO_FACE]']);
  const earlier = new RendererError('NO_FACE', 'No face. Look up.');
  expect(report(earlier, false).lines).toEqual(['limner: ada.png: No face. Look up. [NO_FACE]']);
  expect(JSON.parse(report(earlier, true).lines[0]).error).not.toHaveProperty('hint');
});
