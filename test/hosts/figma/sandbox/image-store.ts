import { LIMITS } from '../api/limits.ts';
import type { ImageHeader } from '../native.ts';

/** The document's pictures by hash. Takes what Figma takes: PNG, JPEG and GIF of at most 4096 px. */
export class ImageStore {
  private readonly images = new Map<string, { readonly bytes: Uint8Array; readonly header: ImageHeader }>();

  keep(bytes: Uint8Array): ImageHeader {
    const size = pngSize(bytes) ?? gifSize(bytes) ?? jpegSize(bytes);
    if (!size) throw new Error('in createImage: Image type is unsupported');
    if (Math.max(size.width, size.height) > LIMITS.imageEdge)
      throw new Error('in createImage: Image is too large: at most 4096 px in width and height');
    const header = { ...size, hash: hashOf(bytes) };
    this.images.set(header.hash, { bytes, header });
    return header;
  }

  find(hash: string): ImageHeader | undefined {
    return this.images.get(hash)?.header;
  }

  bytes(hash: string): Uint8Array {
    const image = this.images.get(hash);
    if (!image) throw new Error('The image is missing');
    return image.bytes;
  }
}

/** Its hash. Takes what Figma takes: MP4, MOV and WebM of at most 100 MB. */
export function checkVideo(bytes: Uint8Array): string {
  const isIso = String.fromCharCode(...bytes.subarray(4, 8)) === 'ftyp';
  if (!isIso && viewOf(bytes).getUint32(0) !== 0x1a45dfa3)
    throw new Error('in createVideoAsync: Video type is unsupported');
  if (bytes.length > LIMITS.video) throw new Error('in createVideoAsync: Video is larger than 100 MB');
  return hashOf(bytes);
}

type Size = Pick<ImageHeader, 'width' | 'height'>;

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function pngSize(bytes: Uint8Array): Size | undefined {
  if (bytes.length < 24 || viewOf(bytes).getUint32(0) !== 0x89504e47) return undefined;
  return { width: viewOf(bytes).getUint32(16), height: viewOf(bytes).getUint32(20) };
}

function gifSize(bytes: Uint8Array): Size | undefined {
  if (bytes.length < 10 || String.fromCharCode(...bytes.subarray(0, 3)) !== 'GIF') return undefined;
  return { width: viewOf(bytes).getUint16(6, true), height: viewOf(bytes).getUint16(8, true) };
}

/** From the first start-of-frame segment. */
function jpegSize(bytes: Uint8Array): Size | undefined {
  const view = viewOf(bytes);
  if (bytes.length < 4 || view.getUint16(0) !== 0xffd8) return undefined;
  for (let at = 2; at + 9 < bytes.length; at += 2 + view.getUint16(at + 2)) {
    const marker = bytes[at + 1];
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
  }
  return undefined;
}

/** FNV-1a over two lanes: equal pictures have equal hashes, as in Figma, and others in practice do not. */
function hashOf(bytes: Uint8Array): string {
  let [a, b] = [0x811c9dc5, bytes.length];
  for (const byte of bytes) {
    a = Math.imul(a ^ byte, 0x01000193);
    b = Math.imul(b ^ byte, 0x5bd1e995);
  }
  return [a, b].map((lane) => (lane >>> 0).toString(16).padStart(8, '0')).join('');
}
