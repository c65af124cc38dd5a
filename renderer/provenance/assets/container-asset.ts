/** Files of kinds that https://github.com/TrustNXT/c2pa-ts cannot put a manifest store into. */
import type { Asset } from '@trustnxt/c2pa-ts/asset';

export interface Span {
  readonly start: number;
  readonly length: number;
}

/** How a kind of file holds a manifest store. */
export interface Container {
  readonly mimeType: string;
  /** Whether a file is of this kind, by its first bytes. */
  canRead(file: Uint8Array): boolean;
  /** The store with its wrapping, wherever it stands. @throws where the file's structure does not hold together */
  find(file: Uint8Array): readonly Span[];
  /** Where a store belongs. */
  placeFor(file: Uint8Array): number;
  /** Its length follows from that of the store alone. */
  wrap(store: Uint8Array): Uint8Array;
  unwrap(wrapped: Uint8Array): Uint8Array;
  /** Puts right, in place, what a file tells of lengths and offsets, after so many bytes came (or, negative, went) there. */
  adjust(file: Uint8Array, at: number, by: number): void;
}

/** A file with room for a manifest store; one that holds several has none that counts. */
export class ContainerAsset implements Asset {
  readonly mimeType: string;
  readonly container: Container;
  #file: Uint8Array;
  #spans: readonly Span[];

  /** @throws where the file's structure does not hold together */
  constructor(file: Uint8Array, container: Container) {
    this.#file = file;
    this.container = container;
    this.mimeType = container.mimeType;
    this.#spans = container.find(file);
  }

  getDataLength(): number {
    return this.#file.length;
  }

  async getDataRange(start = 0, length = this.#file.length): Promise<Uint8Array> {
    return this.#file.subarray(start, start + length);
  }

  getManifestJUMBF(): Uint8Array | undefined {
    if (this.#spans.length !== 1) return undefined;
    const [{ start, length }] = this.#spans;
    return this.container.unwrap(this.#file.subarray(start, start + length));
  }

  dumpInfo(): string {
    return `${this.mimeType}, ${this.#spans.length} manifest stores`;
  }

  async ensureManifestSpace(length: number): Promise<void> {
    if (this.getManifestJUMBF()?.length === length) return;
    for (const { start, length: old } of [...this.#spans].reverse())
      this.#replace(start, old, new Uint8Array(0));
    this.#replace(this.container.placeFor(this.#file), 0, this.container.wrap(new Uint8Array(length)));
    this.#spans = this.container.find(this.#file);
  }

  getHashExclusionRange(): Span {
    const [span, ...more] = this.#spans;
    if (!span || more.length > 0) throw new Error('There is no room for a manifest store.');
    return { ...span };
  }

  async writeManifestJUMBF(store: Uint8Array): Promise<void> {
    const { start, length } = this.getHashExclusionRange();
    const wrapped = this.container.wrap(store);
    if (wrapped.length !== length) throw new Error('The manifest store does not fit its room.');
    this.#file.set(wrapped, start);
  }

  #replace(at: number, length: number, part: Uint8Array): void {
    const file = new Uint8Array(this.#file.length - length + part.length);
    file.set(this.#file.subarray(0, at), 0);
    file.set(part, at);
    file.set(this.#file.subarray(at + length), at + part.length);
    this.container.adjust(file, at, part.length - length);
    this.#file = file;
  }
}
