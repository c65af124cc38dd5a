/** Milliseconds for which an answer is believed: probes come often, and a look writes. */
const FRESHNESS = 5000;

/** The same answer for a while, and one look at a time. */
export function lately(look: () => Promise<void>, now = Date.now): () => Promise<void> {
  let last: { answer: Promise<void>; at: number } | null = null;
  return () => {
    if (!last || now() - last.at > FRESHNESS) last = { answer: look(), at: now() };
    return last.answer;
  };
}
