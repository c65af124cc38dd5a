import { pack, unpack } from '../messages.ts';
import { LIMITS } from './limits.ts';

/** What a plugin keeps for a user. It outlives runs of the plugin. */
export class ClientStorage {
  private readonly entries = new Map<string, ReturnType<typeof pack>>();

  async getAsync(key: string): Promise<unknown> {
    const entry = this.entries.get(key);
    return entry && unpack({ json: entry.json, bytes: entry.bytes.map((data) => data.slice()) });
  }

  async setAsync(key: string, value: unknown): Promise<void> {
    const { json, bytes } = pack(value);
    const entry = { json, bytes: bytes.map((data) => data.slice()) };
    const others = [...this.entries].filter(([name]) => name !== key);
    const total = [...others, [key, entry] as const].reduce(
      (sum, [name, each]) => sum + sizeOf(name, each),
      0,
    );
    if (total > LIMITS.clientStorage) throw new Error('in setAsync: the plugin may store 5 MB at most');
    this.entries.set(key, entry);
  }

  async deleteAsync(key: string): Promise<void> {
    this.entries.delete(key);
  }

  async keysAsync(): Promise<string[]> {
    return [...this.entries.keys()];
  }
}

function sizeOf(name: string, { json, bytes }: ReturnType<typeof pack>): number {
  return name.length + json.length + bytes.reduce((sum, { length }) => sum + length, 0);
}
