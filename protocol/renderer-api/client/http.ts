/** One request to the renderer: its address, token, deadline, and errors that say what happened. */
import { errorBodySchema, RendererError } from '../errors.ts';
import { TENANT_HEADER } from '../token.ts';

/** Where the renderer is, and who asks. */
export interface ClientOptions {
  /** e.g. http://127.0.0.1:8017 */
  readonly baseUrl: string;
  readonly token: string;
  /** Another than the token's, for operators. */
  readonly tenant?: string;
  /** Milliseconds until a request is given up; default 30,000. Uploads and results have ten times as long. */
  readonly deadline?: number;
  /** Default: the global one. */
  readonly fetch?: typeof fetch;
}

/** Of every request. */
export interface CallOptions {
  /** Aborting rejects with CANCELLED. */
  readonly signal?: AbortSignal;
}

export interface HttpRequest extends CallOptions {
  readonly method?: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE';
  readonly json?: unknown;
  readonly body?: Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
  /** Milliseconds; Infinity for streams. Default: the client's. */
  readonly deadline?: number;
  /** Statuses that are no error beside 2xx. */
  readonly accept?: readonly number[];
}

export type Send = (path: string, request?: HttpRequest) => Promise<Response>;

/** Milliseconds. */
export const DEFAULT_DEADLINE = 30_000;
/** How much longer bodies of pictures may take. */
export const BODY_FACTOR = 10;

/** The answer, or a RendererError. The deadline covers the body, too: read it before it passes. */
export function createSend(options: ClientOptions): Send {
  const send = options.fetch ?? globalThis.fetch.bind(globalThis);
  const base = options.baseUrl.replace(/\/$/, '');
  return async (path, request = {}) => {
    const { method = 'GET', json, body, signal, accept = [] } = request;
    const deadline = request.deadline ?? options.deadline ?? DEFAULT_DEADLINE;
    const timeout = Number.isFinite(deadline) ? AbortSignal.timeout(deadline) : undefined;
    const headers: Record<string, string> = { authorization: `Bearer ${options.token}`, ...request.headers };
    if (options.tenant !== undefined) headers[TENANT_HEADER] = options.tenant;
    if (json !== undefined) headers['content-type'] = 'application/json';
    let response: Response;
    try {
      response = await send(`${base}${path}`, {
        method,
        headers,
        body: json === undefined ? (body as BodyInit | undefined) : JSON.stringify(json),
        signal: AbortSignal.any([signal, timeout].filter((one) => one !== undefined)),
        credentials: 'omit',
        cache: 'no-store',
      });
    } catch (cause) {
      throw connectionError(cause, base, { signal, timeout });
    }
    if (response.ok || accept.includes(response.status)) return response;
    throw await errorOf(response);
  };
}

/** What a failed fetch or a broken body means. */
export function connectionError(
  cause: unknown,
  base: string,
  { signal, timeout }: { signal?: AbortSignal; timeout?: AbortSignal } = {},
): RendererError {
  if (cause instanceof RendererError) return cause;
  if (signal?.aborted) return new RendererError('CANCELLED', 'The request was cancelled.', { cause });
  if (timeout?.aborted || (cause instanceof Error && cause.name === 'TimeoutError'))
    return new RendererError('DEADLINE_EXCEEDED', `The renderer at ${base} did not answer in time.`, {
      cause,
    });
  return new RendererError('RENDERER_UNREACHABLE', `The renderer at ${base} cannot be reached.`, {
    hint: 'Check that it runs and that the address is right.',
    cause,
  });
}

async function errorOf(response: Response): Promise<RendererError> {
  const { status } = response;
  const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN);
  const details = { status, ...(Number.isFinite(retryAfter) ? { retryAfter } : {}) };
  const parsed = errorBodySchema.safeParse(await response.json().catch(() => null));
  if (parsed.success) {
    const { code, message, hint } = parsed.data.error;
    return new RendererError(code, message, { ...details, hint });
  }
  return new RendererError('BAD_RESPONSE', `The renderer answered ${status} without saying why.`, details);
}
