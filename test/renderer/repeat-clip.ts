import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { promisify } from 'node:util';
import sharp from 'sharp';

/**
 * Writes a clip so many times one after another, for tests that need time before it is done.
 * @param path of an animated WebP, or of a video, which takes FFmpeg; `out` ends as it does
 */
export async function repeatClip(path: string, times: number, out: string): Promise<void> {
  if (extname(path) !== '.webp') {
    const input = ['-stream_loop', String(times - 1), '-i', path];
    await promisify(execFile)('ffmpeg', ['-v', 'error', ...input, '-c', 'copy', out]);
    return;
  }
  const { pages = 1, delay = [] } = await sharp(path).metadata();
  const bytes = await readFile(path);
  const all = Array.from({ length: times * pages }, (_, i) =>
    sharp(bytes, { page: i % pages })
      .png()
      .toBuffer(),
  );
  await sharp(await Promise.all(all), { join: { animated: true } })
    .webp({ delay: all.map((_, i) => delay[i % pages]) })
    .toFile(out);
}
