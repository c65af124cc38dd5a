// @ts-check
/** What the page asks of `limner rate serve`. */

/** @param {string} path @param {{ method?: string, body?: unknown }} [options] */
export async function call(path, { method = 'GET', body } = {}) {
  /** @type {Record<string, string>} */
  const headers = body === undefined ? {} : { 'content-type': 'application/json' };
  const response = await fetch(path, {
    method,
    headers,
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  if (response.status === 204) return null;
  if (response.ok) return response.json();
  const { error } = await response
    .json()
    .catch(() => ({ error: { message: `The answer was ${response.status}.` } }));
  throw Object.assign(new Error([error.message, error.hint].filter(Boolean).join(' ')), { code: error.code });
}
