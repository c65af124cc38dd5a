/** Put in by scripts/build-window.ts. */
declare const PREVIEW_WORKER: string;
declare const WINDOW_KIND: 'inlined' | 'hosted';
