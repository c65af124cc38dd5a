/** Codes of sockets and of PostgreSQL (classes 08, 57P, 53) for a database that is gone, ending or full. */
const GONE = /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|08|57P|53)/;
const WORDS =
  /connection terminated|timeout exceeded when trying to connect|Database not opened|PGlite is closed/i;

/** Whether an error of a query says nothing about the query. */
export function isDatabaseGone(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  return (typeof code === 'string' && GONE.test(code)) || WORDS.test(error.message);
}
