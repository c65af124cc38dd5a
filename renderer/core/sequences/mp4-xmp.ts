/** XMP in MP4 and MOV: a box of its own, which may stand last (XMP specification, part 3, 2.2; ISO/IEC 14496-12). */

const USER_TYPE = Buffer.from('be7acfcb97a942e89c71999491e3afac', 'hex');

export function mp4Xmp(xmp: string): Uint8Array {
  const box = Buffer.concat([Buffer.from('\0\0\0\0uuid', 'latin1'), USER_TYPE, Buffer.from(xmp)]);
  box.writeUInt32BE(box.length);
  return box;
}
