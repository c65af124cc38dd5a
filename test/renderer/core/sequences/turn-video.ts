/** 16.16 fixed point, as matrices of ISO files have it. */
const ONE = 0x10000;

/** An MP4 whose pictures are to be shown turned by a quarter, clockwise: the matrix in its first track header (ISO/IEC 14496-12). */
export function turnVideo(mp4: Uint8Array): Uint8Array {
  const turned = Buffer.from(mp4);
  // Version 0 has the matrix 44 bytes after the box's name.
  const matrix = turned.indexOf('tkhd') + 4 + 40;
  const values = [0, ONE, 0, -ONE, 0, 0];
  for (const [i, value] of values.entries()) turned.writeInt32BE(value, matrix + 4 * i);
  return turned;
}
