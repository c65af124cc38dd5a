/** How long work goes on, told from its progress, in the words that terminal and window show. */

/** Before so much is done (share of the whole) and so long has passed (ms), what is left is a guess. */
const TELLING = { share: 0.1, time: 3000 } as const;

/** From share done and time (ms) to "about 12 s left"; empty before it can be told. A share that falls begins anew. */
export function createTimeLeft(): (share: number, time: number) => string {
  let first = { share: 1, time: 0 };
  let last = 1;
  return (share, time) => {
    if (share < last || last === 1) first = { share, time };
    last = share;
    const [done, passed] = [share - first.share, time - first.time];
    if (share >= 1 || done < TELLING.share || passed < TELLING.time) return '';
    const seconds = Math.ceil((passed * (1 - share)) / done / 1000);
    return seconds >= 90 ? `about ${Math.round(seconds / 60)} min left` : `about ${seconds} s left`;
  };
}
