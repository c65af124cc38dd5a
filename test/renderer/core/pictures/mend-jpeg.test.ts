import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { LimnerError } from '../../../../models/errors.ts';
import { decodePicture } from '../../../../renderer/core/pictures/read-picture.ts';
import { noise } from './samples.ts';

const SOF0 = Buffer.from([0xff, 0xc0]);
const SOS = Buffer.from([0xff, 0xda]);
const EOI = Buffer.from([0xff, 0xd9]);

let [baseline, progressive] = [Buffer.alloc(0), Buffer.alloc(0)];
let expected: Record<'baseline' | 'progressive', Uint8ClampedArray>;
beforeAll(async () => {
  baseline = await noise().jpeg({ quality: 90 }).toBuffer();
  progressive = await noise().jpeg({ quality: 90, progressive: true }).toBuffer();
  const samples = async (bytes: Uint8Array) => (await decodePicture(bytes, 'whole')).data;
  expected = { baseline: await samples(baseline), progressive: await samples(progressive) };
});

/** With bytes put in, or, with `less`, in place of as many. */
const put = (bytes: Buffer, at: number, more: readonly number[], less = 0) =>
  Buffer.concat([bytes.subarray(0, at), Buffer.from(more), bytes.subarray(at + less)]);
const scanEnd = (bytes: Buffer) => bytes.indexOf(SOS) + 2 + bytes.readUInt16BE(bytes.indexOf(SOS) + 2);
/** Where the scans of a progressive picture begin. */
const scans = (bytes: Buffer) => {
  const found = [];
  for (let at = bytes.indexOf(SOS); at >= 0; at = bytes.indexOf(SOS, at + 2)) found.push(at);
  return found;
};

describe('JPEGs that viewers show whole', () => {
  it.each<[string, () => Buffer]>([
    ['Se of the scan header is 0', () => put(baseline, scanEnd(baseline) - 3, [0, 0, 0], 3)],
    ['Ss and Ah/Al of the scan header', () => put(baseline, scanEnd(baseline) - 3, [5, 1, 0x21], 3)],
    ['bytes between segments', () => put(baseline, baseline.indexOf(SOF0), [1, 2, 3, 4])],
    [
      'bytes with a stuffed marker before the scan',
      () => put(baseline, baseline.indexOf(SOS), [9, 0xff, 0, 9]),
    ],
    ['bytes that look like no segment', () => put(baseline, baseline.indexOf(SOF0), [0xd8, 0, 0xff, 0xff])],
    ['fill bytes before a marker', () => put(baseline, baseline.indexOf(SOF0), [0xff, 0xff])],
    ['zeros before the end', () => put(baseline, baseline.length - 2, [0, 0, 0])],
    ['no end marker', () => baseline.subarray(0, -2)],
    ['half an end marker', () => baseline.subarray(0, -1)],
    [
      'a film behind the end, as phones write it',
      () => put(baseline, baseline.length, [0, 0, 0, 24, 102, 116]),
    ],
    ['a second JPEG behind the end, as gain maps lie', () => Buffer.concat([baseline, progressive])],
    ['zeros behind the end', () => put(baseline, baseline.length, Array(99).fill(0))],
  ])('%s', async (_, made) => {
    expect((await decodePicture(made(), 'mended')).data).toEqual(expected.baseline);
  });

  it('progressive: no end marker, bytes between scans', async () => {
    const third = scans(progressive)[2];
    for (const bytes of [progressive.subarray(0, -2), put(progressive, third, [0, 0, 0])]) {
      expect((await decodePicture(bytes, 'mended')).data).toEqual(expected.progressive);
    }
  });
});

describe('JPEGs that have lost something', () => {
  it.each([0.2, 0.6, 0.9, 0.97])('TRUNCATED_PICTURE: the first %f of it', async (share) => {
    for (const bytes of [baseline, progressive]) {
      const cut = bytes.subarray(0, Math.floor(share * bytes.length));
      await expect(decodePicture(cut, 'cut')).rejects.toMatchObject({ code: 'TRUNCATED_PICTURE' });
    }
  });

  it('TRUNCATED_PICTURE: whole scans are missing', async () => {
    for (const at of scans(progressive).slice(1)) {
      const cut = progressive.subarray(0, at);
      await expect(decodePicture(cut, 'cut'), `${at}`).rejects.toMatchObject({ code: 'TRUNCATED_PICTURE' });
    }
  });

  it('CORRUPT_PICTURE: the end marker stands too early', async () => {
    const early = Buffer.concat([baseline.subarray(0, baseline.length >> 1), EOI]);
    await expect(decodePicture(early, 'early')).rejects.toMatchObject({ code: 'CORRUPT_PICTURE' });
  });

  it.each([
    [12, 0xc0, /12 bits a sample/],
    [8, 0xc3, /lossless or hierarchical/],
  ])('UNSUPPORTED_FORMAT: %i bits, frame %i', async (precision, frame, words) => {
    const at = baseline.indexOf(SOF0);
    const bytes = put(put(baseline, at + 1, [frame], 1), at + 4, [precision], 1);
    await expect(decodePicture(bytes, 'other')).rejects.toThrow(words);
    await expect(decodePicture(bytes, 'other')).rejects.toMatchObject({ code: 'UNSUPPORTED_FORMAT' });
  });
});

it('any damage: a picture or an error with a code', async () => {
  const damage = fc.record({
    isProgressive: fc.boolean(),
    changes: fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(255)), { maxLength: 6 }),
    kept: fc.double({ min: 0, max: 1, noNaN: true }),
  });
  await fc.assert(
    fc.asyncProperty(damage, async ({ isProgressive, changes, kept }) => {
      const bytes = Buffer.from(isProgressive ? progressive : baseline);
      for (const [where, value] of changes) bytes[2 + Math.floor(where * (bytes.length - 3))] = value;
      const cut = bytes.subarray(0, kept > 0.7 ? bytes.length : Math.max(3, Math.floor(kept * bytes.length)));
      const read = await decodePicture(cut, 'damaged').catch((error: unknown) => error);
      if (read instanceof Error) {
        expect(read).toBeInstanceOf(LimnerError);
        expect((read as LimnerError).code).not.toBe('INTERNAL');
      }
    }),
    { numRuns: 150 },
  );
});
