import { LimnerError } from '../errors.ts';
import type { Picture } from '../image/picture.ts';

/** Standard deviation of brightness (0..255) below which a picture counts as blank. */
const BLANK_DEVIATION = 1;

/**
 * A black, blank, empty or misshapen picture is never a success. (A sample that was not a number is 0 here, since
 * pictures hold bytes, so a result of NaN shows as black.)
 * @throws BAD_OUTPUT
 */
export function checkResult(result: Picture, width: number, height: number): void {
  if (result.width !== width || result.height !== height || result.data.length !== width * height * 4) {
    throw new LimnerError('BAD_OUTPUT', `The result is not ${width}×${height} px.`);
  }
  const { visible, deviation } = survey(result);
  if (visible === 0) throw new LimnerError('BAD_OUTPUT', 'The result is wholly transparent.');
  if (deviation < BLANK_DEVIATION) throw new LimnerError('BAD_OUTPUT', 'The result is a blank picture.');
}

function survey({ data }: Picture): { visible: number; deviation: number } {
  let visible = 0;
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < data.length; i += 4) {
    if (data[i + 3] === 0) continue;
    const brightness = (data[i] + data[i + 1] + data[i + 2]) / 3;
    visible++;
    sum += brightness;
    squares += brightness ** 2;
  }
  return { visible, deviation: Math.sqrt(Math.max(0, squares / visible - (sum / visible) ** 2)) };
}
