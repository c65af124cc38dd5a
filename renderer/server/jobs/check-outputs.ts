import { LimnerError } from '../../../models/errors.ts';
import type { JobRequest } from '../../../protocol/renderer-api/index.ts';
import { checkOutputSize } from '../../core/pictures/encode-picture.ts';

interface Size {
  readonly width: number;
  readonly height: number;
}

/** How many times larger than its input a result is. */
export function scaleOf(request: JobRequest): number {
  switch (request.kind) {
    case 'render':
    case 'batch':
      return request.scale ?? (request.mode === 'full' ? 4 : 1);
    case 'upscale':
    case 'export':
      return request.scale;
    case 'adapt':
    case 'sequence':
      return 1;
    default:
      throw request satisfies never;
  }
}

/**
 * Refuses a job whose result would be too large before it waits in the queue.
 * @param sizes of the pictures, by SHA-256
 * @throws OUTPUT_TOO_LARGE
 */
export function checkOutputs(request: JobRequest, sizes: ReadonlyMap<string, Size>, maxEdge: number): void {
  if (request.kind === 'adapt') return;
  const scale = scaleOf(request);
  for (const sha256 of resized(request)) {
    const { width, height } = sizes.get(sha256)!;
    const output = { width: Math.round(width * scale), height: Math.round(height * scale) };
    if (Math.max(output.width, output.height) > maxEdge) {
      const size = `${output.width}×${output.height} px`;
      throw new LimnerError(
        'OUTPUT_TOO_LARGE',
        `Expected at most ${maxEdge} px an edge but a result has ${size}.`,
      );
    }
    // Of an animation it was checked when it came.
    if (request.format === 'pdf' || request.kind === 'sequence') continue;
    try {
      checkOutputSize(output, request.format);
    } catch (cause) {
      if (!(cause instanceof LimnerError)) throw cause;
      throw new LimnerError('OUTPUT_TOO_LARGE', cause.message, { cause });
    }
  }
}

function resized(request: Exclude<JobRequest, { kind: 'adapt' }>): readonly string[] {
  if (request.kind === 'batch') return request.portraits;
  if (request.kind === 'export') return [request.frame];
  if (request.kind === 'sequence') return [request.animation];
  return [request.kind === 'upscale' ? request.picture : request.portrait];
}
