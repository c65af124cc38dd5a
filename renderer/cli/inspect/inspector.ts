/** What `limner inspect` is made of: each inspector looks at files for one thing. */

import type { RendererOptions } from '../options/renderer-options.ts';

export interface InspectOptions extends RendererOptions {
  trust: string[];
  /** A style file or the name of a style. */
  style?: string;
  /** The folder of named styles. */
  styles?: string;
  /** A copy of a ledger. */
  ledger?: string;
  json: boolean;
}

/** What one inspector found in a file. */
export interface Finding {
  /** False when whoever relies on the file should know. */
  readonly ok: boolean;
  /** For people, one fact a line. */
  readonly lines: readonly string[];
  /** For programs: goes into the file's JSON object. */
  readonly json: Readonly<Record<string, unknown>>;
}

/** Looks at files for one thing. `limner inspect` prints what all of them find. */
export interface Inspector {
  inspect(file: Uint8Array, path: string): Promise<Finding>;
}

/** Opens an inspector for a run of the command, or gives null when the options do not ask for it. */
export type InspectorFactory = (options: InspectOptions) => Promise<Inspector | null>;
