/** Figma refuses longer messages. */
const LONGEST = 100;

/** A short message at the bottom of Figma. */
export function notify(message: string, error: boolean): void {
  figma.notify(message.length <= LONGEST ? message : `${message.slice(0, LONGEST - 1)}…`, { error });
}
