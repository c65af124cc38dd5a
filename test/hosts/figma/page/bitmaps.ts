import type { FindBitmap } from './draw-document.ts';

/** Decodes pictures when they are first wanted and tells when one is there. */
export class Bitmaps {
  private readonly decoded = new Map<string, ImageBitmap>();
  private readonly started = new Map<string, Promise<void>>();
  private readonly read: (hash: string) => Uint8Array;
  private readonly arrived: () => void;

  constructor(read: (hash: string) => Uint8Array, arrived: () => void) {
    this.read = read;
    this.arrived = arrived;
  }

  readonly find: FindBitmap = (hash) => {
    if (!this.decoded.has(hash)) void this.load(hash);
    return this.decoded.get(hash);
  };

  /** Ends when all pictures wanted so far are there. */
  async settled(): Promise<void> {
    await Promise.all(this.started.values());
  }

  private load(hash: string): Promise<void> {
    const running = this.started.get(hash);
    if (running) return running;
    const loading = this.decode(hash);
    this.started.set(hash, loading);
    return loading;
  }

  private async decode(hash: string): Promise<void> {
    const bytes = this.read(hash);
    this.decoded.set(hash, await createImageBitmap(new Blob([bytes.slice()])));
    this.arrived();
  }
}
