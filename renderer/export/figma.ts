/** Frames from a Figma file, by its REST API: https://developers.figma.com/docs/rest-api/file-endpoints/ */
import type { GetImagesResponse } from '@figma/rest-api-spec';
import { z } from 'zod';
import { LimnerError } from '../../models/errors.ts';

export interface FigmaOptions {
  readonly token: string;
  /** Default: https://api.figma.com */
  readonly baseUrl?: string;
  readonly signal?: AbortSignal;
  /** Milliseconds before the first repetition when Figma does not say how long; doubled each time. */
  readonly pause?: number;
}

const MOST_ATTEMPTS = 5;
/** Longest wait (s) that is worth it; a longer one is reported. */
const LONGEST_WAIT = 120;
/** Bytes of a frame. */
const MOST_BYTES = 256 * 1024 * 1024;

const imagesSchema = z.object({
  err: z.string().nullish(),
  images: z.record(z.string(), z.url().nullable()),
}) satisfies z.ZodType<Pick<GetImagesResponse, 'images'>>;

/**
 * The frames as SVG, by node id. Layers keep their names as ids and texts stay texts.
 * @throws FIGMA_FAILED
 */
export async function fetchFrames(
  key: string,
  nodes: readonly string[],
  options: FigmaOptions,
): Promise<Map<string, string>> {
  const query = new URLSearchParams({
    ids: nodes.join(','),
    format: 'svg',
    svg_include_id: 'true',
    svg_outline_text: 'false',
  });
  const base = new URL(options.baseUrl ?? 'https://api.figma.com').href.replace(/\/$/, '');
  const answer = await get(`${base}/v1/images/${encodeURIComponent(key)}?${query}`, options, {
    'X-Figma-Token': options.token,
  });
  const { images } = imagesSchema.parse(await answer.json());
  const frames = new Map<string, string>();
  for (const node of nodes) {
    const url = images[node];
    if (!url) throw failed(`Figma has no node ${node} in the file that can be exported`);
    // The picture lies elsewhere, at a signed address: the token is not for them.
    frames.set(node, await textOf(await get(url, options)));
  }
  return frames;
}

/** Repeats what may succeed later, after the time that Figma asks for. */
async function get(
  url: string,
  options: FigmaOptions,
  headers: Record<string, string> = {},
): Promise<Response> {
  for (let attempt = 1; ; attempt++) {
    const answer = await fetch(url, { headers, signal: options.signal }).catch((cause: unknown) => {
      if (options.signal?.aborted) throw cause;
      return cause;
    });
    if (answer instanceof Response && answer.ok) return answer;
    const wait = waitAfter(answer, attempt, options.pause ?? 500);
    if (wait === null || attempt === MOST_ATTEMPTS) throw await reason(answer);
    await pause(wait, options.signal);
  }
}

/** Milliseconds; null when repeating is of no use. */
function waitAfter(answer: unknown, attempt: number, first: number): number | null {
  if (!(answer instanceof Response)) return first * 2 ** (attempt - 1);
  if (answer.status !== 429 && answer.status < 500) return null;
  const seconds = Number(answer.headers.get('retry-after') ?? Number.NaN);
  if (!Number.isFinite(seconds)) return first * 2 ** (attempt - 1);
  return seconds <= LONGEST_WAIT ? seconds * 1000 : null;
}

async function reason(answer: unknown): Promise<LimnerError> {
  if (!(answer instanceof Response)) return failed('Figma cannot be reached', answer);
  const { status } = answer;
  if (status === 401 || status === 403) return failed('Figma does not accept the token for this file');
  if (status === 404) return failed('Figma has no such file');
  if (status === 429) return failed('Figma asks to wait longer than is worth it');
  return failed(`Figma answered ${status}`);
}

async function textOf(answer: Response): Promise<string> {
  if (Number(answer.headers.get('content-length') ?? 0) > MOST_BYTES) throw failed('A frame is too large');
  return answer.text();
}

const failed = (message: string, cause?: unknown) =>
  new LimnerError('FIGMA_FAILED', `${message}.`, { cause });

const pause = (milliseconds: number, signal?: AbortSignal) =>
  new Promise<void>((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
