/** A folder of pictures, in the order of their names. */
import { LimnerError } from '../../../models/errors.ts';
import { listPictures } from '../pictures/list-pictures.ts';
import { readPicture } from '../pictures/read-picture.ts';
import type { Sequence, TimedPicture } from './sequence.ts';

/** Pictures a second where nobody says otherwise. */
export const USUAL_RATE = 25;

/** @throws NO_PICTURES, NOT_FOUND and all of `readPicture`; SIZES_DIFFER where one has another size than the first */
export async function openSeries(folder: string, maxPixels: number, rate = USUAL_RATE): Promise<Sequence> {
  const numbered = new Intl.Collator('en', { numeric: true });
  const files = [...(await listPictures(folder))].sort(numbered.compare);
  const { width, height } = await readPicture(files[0], { maxPixels });
  return {
    ...{ kind: 'series', name: folder, width, height, count: files.length, sound: null, plays: 0 },
    seconds: files.length / rate,
    async *pictures(signal) {
      for (const [i, file] of files.entries()) {
        signal?.throwIfAborted();
        const picture = await readPicture(file, { maxPixels });
        if (picture.width !== width || picture.height !== height)
          throw new LimnerError(
            'SIZES_DIFFER',
            `${file} has ${picture.width}×${picture.height} px, the first picture ${width}×${height}.`,
          );
        yield { picture, at: i / rate, lasts: 1 / rate } satisfies TimedPicture;
      }
    },
  };
}
