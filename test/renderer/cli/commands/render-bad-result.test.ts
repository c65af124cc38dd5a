import { readdir } from 'node:fs/promises';
import { expect, it, vi } from 'vitest';
import { createPlane } from '../../../../models/image/picture.ts';
import type { StylizeResult } from '../../../../models/stylize/stylize.ts';
import { astronaut, joconde, runLimner } from '../../run-limner.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

const inFolder = temporaryFolder();

vi.mock(import('../../../../models/stylize/stylize.ts'), async (original) => ({
  ...(await original()),
  stylize: async ({ width, height }): Promise<StylizeResult> => ({
    picture: { width, height, data: new Uint8ClampedArray(width * height * 4).fill(Number.NaN) },
    faces: [],
    timings: {},
    warnings: [],
    reference: null,
    proportions: 0,
    painted: createPlane(width, height, 1),
  }),
}));

it('BAD_OUTPUT: a result that is not a number exits 4 and is not written', async () => {
  const out = inFolder('result.png');
  const {
    code,
    out: printed,
    err,
  } = await runLimner(['render', astronaut, '--style', joconde, '--out', out, '--json']);
  expect({ code, printed }).toEqual({ code: 4, printed: '' });
  expect(JSON.parse(err).error.code).toBe('BAD_OUTPUT');
  expect(await readdir(inFolder())).toEqual([]);
});
