import type { Readable } from 'node:stream';

/** Lines and byte counts out of a stream. @throws Error from `line` and `bytes` when the stream ends before */
export class ByteReader {
  private readonly chunks: AsyncIterator<Buffer>;
  private rest: Buffer = Buffer.alloc(0);

  constructor(stream: Readable) {
    this.chunks = stream[Symbol.asyncIterator]();
  }

  /** Up to the next line feed, without it. */
  async line(): Promise<Buffer> {
    let end = this.rest.indexOf(10);
    for (; end < 0; end = this.rest.indexOf(10)) this.rest = Buffer.concat([this.rest, await this.more()]);
    const line = this.rest.subarray(0, end);
    this.rest = this.rest.subarray(end + 1);
    return line;
  }

  async bytes(count: number): Promise<Buffer> {
    const parts = [this.rest];
    let length = this.rest.length;
    for (; length < count; length += parts.at(-1)!.length) parts.push(await this.more());
    const all = Buffer.concat(parts);
    this.rest = all.subarray(count);
    return all.subarray(0, count);
  }

  private async more(): Promise<Buffer> {
    const { value, done } = await this.chunks.next();
    if (done) throw new Error('The process ended before it had answered.');
    return value;
  }
}
