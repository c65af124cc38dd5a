/** Largest preview, in pixels. */
export const PREVIEW = { width: 384, height: 512 } as const;
