import type { Engine } from '../../core/engine/engine.ts';
import type { Identity } from '../../provenance/identity.ts';
import type { Progress } from '../jobs/run-state.ts';
import type { Storage } from '../storage/storage.ts';

/** What a process works with. */
export interface Workshop {
  readonly engine: Engine;
  readonly storage: Storage;
  /** Who signs results; null: they say nothing about their origin. */
  readonly identity: Identity | null;
  /** Most pixels of a picture; default as for `decodePicture`. */
  readonly maxPixels?: number;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
}
