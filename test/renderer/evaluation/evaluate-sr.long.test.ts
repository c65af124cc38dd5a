import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { evaluateSr } from '../../../renderer/evaluation/evaluate-sr.ts';

const BENCH = '../shared/data/bench';

test.skipIf(!existsSync(BENCH))(`bicubic scores what is published (skipped without ${BENCH})`, async () => {
  const { sets } = await evaluateSr({ data: BENCH, weights: 'bicubic' });
  for (const [set, psnr] of [
    ['set5', 28.43],
    ['set14', 26.09],
    ['bsd100', 25.96],
  ] as const) {
    expect(Math.abs(sets[set].psnr - psnr)).toBeLessThan(0.05);
  }
});

test.skipIf(!existsSync(BENCH))(
  `networks come nearer to the original than bicubic interpolation, for the eye too (skipped without ${BENCH})`,
  async () => {
    const distanceOf = async (weights: string) =>
      (await evaluateSr({ data: `${BENCH}/set5`, weights })).sets['set5'].perceptual;
    const bicubic = await distanceOf('bicubic');
    for (const weights of ['srgan-lite', 'srresnet', 'srgan'])
      expect(await distanceOf(weights)).toBeLessThan(bicubic);
  },
);
