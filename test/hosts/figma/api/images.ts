import type { ImageHeader, Native } from '../native.ts';
import { turn } from './turn.ts';

/** Pictures of the document, kept outside under their hashes. */
export class Images {
  private readonly native: Native;

  constructor(native: Native) {
    this.native = native;
  }

  create(bytes: Uint8Array): HostImage {
    if (!(bytes instanceof Uint8Array)) throw new Error('in createImage: Expected a Uint8Array');
    return this.view(JSON.parse(this.native.keepImage(bytes.slice().buffer)));
  }

  find(hash: string): HostImage | null {
    const header = this.native.findImage(hash);
    return header ? this.view(JSON.parse(header)) : null;
  }

  private view({ hash, width, height }: ImageHeader): HostImage {
    return {
      hash,
      getSizeAsync: async () => {
        await turn();
        return { width, height };
      },
      getBytesAsync: async () => {
        await turn();
        return new Uint8Array(this.native.imageBytes(hash));
      },
    };
  }
}

export interface HostImage {
  readonly hash: string;
  getSizeAsync(): Promise<{ width: number; height: number }>;
  getBytesAsync(): Promise<Uint8Array>;
}
