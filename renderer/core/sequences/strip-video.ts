/** Videos from anybody without what their files tell beside pictures, sound and times: titles, places, makers. */
import { LimnerError } from '../../../models/errors.ts';
import { filePath, run } from './ffmpeg.ts';
import { COMPLETE, type ProbedVideo, probeVideo, SAFE, saysAlpha, unknownCoder } from './probe-video.ts';

export type VideoKind = 'mp4' | 'mov' | 'matroska';

/** Brands of ISO files that are pictures. */
const PICTURES = /^(hei[cxms]|hev[cmsx]|mif1|msf1|avi[fs]|crx )$/;
/** First boxes of QuickTime files from before there were brands. */
const BOXES = ['moov', 'mdat', 'wide', 'free', 'skip'];

/** What a file is by its first bytes (16 or more); null for what is no video. WebM is a kind of Matroska. */
export function videoKind(bytes: Uint8Array): VideoKind | null {
  const text = (at: number) => String.fromCharCode(...bytes.subarray(at, at + 4));
  if (text(0) === '\x1a\x45\xdf\xa3') return 'matroska';
  if (text(4) === 'ftyp') return PICTURES.test(text(8)) ? null : text(8) === 'qt  ' ? 'mov' : 'mp4';
  return BOXES.includes(text(4)) ? 'mov' : null;
}

/** What browsers, phones and editors write, by FFmpeg's names; each with the units of its stream that are metadata alone. */
const PICTURE_CODERS: Readonly<Record<string, string | null>> = {
  // Supplemental enhancement information (ITU-T H.264, 7.3.2.3; H.265, 7.3.2.4).
  h264: '6',
  hevc: '39|40',
  // Metadata OBUs (AV1 Bitstream & Decoding Process Specification, 6.2.2).
  av1: '5',
  vp8: null,
  vp9: null,
  mpeg4: null,
  prores: null,
};
const SOUND_CODERS =
  'aac|mp3|opus|vorbis|flac|alac|ac3|eac3|pcm_s16le|pcm_s16be|pcm_s24le|pcm_s24be|pcm_f32le'.split('|');
/** Decoders that go by other names than what they decode. */
const LIBRARIES = ['libdav1d', 'libaom-av1', 'libvpx', 'libvpx-vp9', 'mp3float', 'libopus', 'libvorbis'];
const CODERS = [...Object.keys(PICTURE_CODERS), ...SOUND_CODERS, ...LIBRARIES].join(',');

export interface StrippedVideo {
  readonly width: number;
  readonly height: number;
  readonly seconds: number;
  /** Pictures, counted. */
  readonly count: number;
}

/**
 * Copies pictures and the first track of sound, as they are compressed, into a file of the same kind; nothing is decoded.
 * @param name for messages, which tell no path
 * @throws FFMPEG_MISSING, CORRUPT_PICTURE, TRUNCATED_PICTURE, NO_FRAMES, UNSUPPORTED_VIDEO, PICTURE_TOO_SMALL, TOO_MANY_PIXELS
 */
export async function stripVideo(
  input: string,
  output: string,
  { kind, name, maxPixels }: { kind: VideoKind; name: string; maxPixels: number },
): Promise<StrippedVideo> {
  const reading = ['-f', kind === 'matroska' ? kind : 'mov', '-codec_whitelist', CODERS];
  const sent = await probeVideo(input, name, maxPixels, reading);
  const args = [
    ...['-hide_banner', '-nostats', '-v', 'error', '-y', ...SAFE, ...reading, '-i', filePath(input)],
    ...['-map', '0:V:0', '-map', '0:a:0?', '-map_metadata', '-1', '-map_metadata:s', '-1'],
    ...['-map_chapters', '-1', '-c', 'copy', ...unitFilter(sent, name)],
    ...['-fflags', '+bitexact', '-flags', '+bitexact', ...alphaMark(sent), '-f', kind, filePath(output)],
  ];
  if ((await run('ffmpeg', args)).code !== 0)
    throw new LimnerError('CORRUPT_PICTURE', `${name} is damaged and cannot be read to its end.`);
  const { video, seconds, width, height } = await probeVideo(output, name, maxPixels, [
    ...reading,
    '-count_packets',
  ]);
  const count = Number(video.nb_read_packets ?? 0);
  if (count === 0) throw new LimnerError('NO_FRAMES', `${name} shows no picture.`);
  const promised = lengthOf(sent);
  if (Math.max(seconds, lengthOf({ video, seconds })) < COMPLETE * promised)
    throw new LimnerError('TRUNCATED_PICTURE', `${name} ends before the ${promised} s that it promises.`);
  return { width, height, seconds, count };
}

/** Seconds of the pictures, else of all; 0 where nobody tells. */
const lengthOf = ({ video, seconds }: Pick<ProbedVideo, 'video' | 'seconds'>): number =>
  Number(video.duration) || seconds;

/** Drops what cameras and coders write between the pictures. @throws UNSUPPORTED_VIDEO */
function unitFilter({ video, sound }: ProbedVideo, name: string): string[] {
  const units = PICTURE_CODERS[video.codec_name ?? ''];
  if (units === undefined) throw unknownCoder(name, video.codec_name);
  if (sound && !SOUND_CODERS.includes(sound.codec_name ?? '')) throw unknownCoder(name, sound.codec_name);
  return units === null ? [] : ['-bsf:v', `filter_units=remove_types=${units}`];
}

/** A WebM's alpha is told by this alone. */
const alphaMark = ({ video }: ProbedVideo): string[] =>
  saysAlpha(video) ? ['-metadata:s:v:0', 'alpha_mode=1'] : [];
