// @ts-check
/** Time that counts: while the page is seen and not paused. */

/** Milliseconds of active time before the present stretch, and when that began; null while no time counts. */
let active = 0;
/** @type {number | null} */
let since = null;

/** Milliseconds */
export const activeNow = () => Math.round(active + (since === null ? 0 : performance.now() - since));

/** @param {number} milliseconds that counted before this page was opened */
export function setActive(milliseconds) {
  active = milliseconds;
  since = null;
}

export function runClock() {
  if (since === null && document.visibilityState === 'visible') since = performance.now();
}

export function stopClock() {
  active = activeNow();
  since = null;
}
