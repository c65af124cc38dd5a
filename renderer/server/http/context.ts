import type { Logger } from 'pino';
import type { Database } from '../database/database.ts';
import type { Inspector } from '../intake/inspector.ts';
import type { JobWatch } from '../jobs/job-watch.ts';
import type { LedgerWriter } from '../ledger/write-notes.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { Storage } from '../storage/storage.ts';
import type { Tracer } from '../traces/tracer.ts';
import type { AccessOptions } from './access.ts';

/** How much the renderer takes on. */
export interface Limits {
  /** Whether portraits are worked on only under a consent. */
  readonly needsConsent?: boolean;
  /** Bytes of an uploaded file. */
  readonly maxBody: number;
  /** Pixels of an uploaded picture, from its header. */
  readonly maxPixels: number;
  /** Longest edge (px) of a result. */
  readonly maxEdge: number;
  /** Jobs of one token that have not ended. */
  readonly maxQueue: number;
  /** Event streams of one token open at once. */
  readonly maxStreams: number;
  /** Seconds for which pictures and ended jobs are kept. */
  readonly retention: number;
}

/** What the routes work with. */
export interface ServiceContext {
  readonly database: Database;
  readonly storage: Storage;
  /** Opens what was sent, elsewhere. */
  readonly inspector: Inspector;
  readonly watch: JobWatch;
  readonly metrics: Metrics;
  /** Null where nobody collects traces. */
  readonly tracer?: Tracer | null;
  readonly limits: Limits;
  readonly access: AccessOptions;
  /** Host names to which webhooks may go although their addresses are private. */
  readonly webhookHosts: readonly string[];
  /** Null where results are not signed, and so nothing can be. */
  readonly ledger: LedgerWriter | null;
  readonly log: Logger;
  /** Whether it wants to be asked: not before all of it has started, nor once it is to stop. */
  readonly lifecycle: { readonly isReady: boolean };
}
