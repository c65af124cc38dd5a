/** What a user can ask of a restyled portrait. */
export interface StylizeOptions {
  /** 0..1: how far the person's own features win over the reference's. Default 0.5. */
  readonly likeness?: number;
  /** 0..1: 0 leaves the portrait as it is, 1 restyles it wholly. Default 1. */
  readonly strength?: number;
  /** What stands behind the person: the reference's background, the portrait's own, or nothing. Default `style`. */
  readonly background?: BackgroundMode;
  /** Which faces are restyled. Default `all`. */
  readonly faces?: 'all' | 'largest';
  readonly signal?: AbortSignal;
  /** Called with the share done (0..1) and the stage that begins. */
  readonly onProgress?: (share: number, stage: Stage) => void;
}

export const BACKGROUND_MODES = ['style', 'keep', 'transparent'] as const;
export type BackgroundMode = (typeof BACKGROUND_MODES)[number];

export const STAGES = ['faces', 'guides', 'field', 'vote', 'composite'] as const;
export type Stage = (typeof STAGES)[number];
