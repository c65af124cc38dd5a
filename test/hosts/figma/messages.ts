/** Messages as text with their bytes beside it: how they get through the wall of the sandbox, on both sides of it. */

export interface Packed {
  readonly json: string;
  readonly bytes: Uint8Array[];
}

/** Throws for what Figma does not carry: of binary data, it takes Uint8Array alone. */
export function pack(message: unknown): Packed {
  const bytes: Uint8Array[] = [];
  const json = JSON.stringify({ message }, (_, value: unknown) => {
    if (value instanceof Uint8Array) return { $bytes: bytes.push(value) - 1 };
    if (!isPlain(value)) throw new Error(`DataCloneError: a message cannot carry ${kindOf(value)}`);
    return value;
  });
  return { json, bytes };
}

export function unpack({ json, bytes }: Packed): unknown {
  return JSON.parse(json, (_, value) =>
    typeof value?.$bytes === 'number' ? bytes[value.$bytes as number] : value,
  ).message;
}

function isPlain(value: unknown): boolean {
  if (typeof value === 'function' || typeof value === 'symbol' || typeof value === 'bigint') return false;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return true;
  const prototype = Object.getPrototypeOf(value);
  // Of this realm or of another one: a plain object's prototype has no prototype itself.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function kindOf(value: unknown): string {
  return typeof value === 'object' ? (value?.constructor?.name ?? 'an object') : `a ${typeof value}`;
}
