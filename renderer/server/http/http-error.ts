/** Any error as the one shape that clients get. What is not theirs to know goes to the log alone. */
import type { Socket } from 'node:net';
import type { ConnectionError, FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { ERRORS, type ErrorCode, LimnerError } from '../../../models/errors.ts';
import type { ErrorBody } from '../../../protocol/renderer-api/index.ts';
import { failureOf } from '../../core/errors.ts';
import { isDatabaseGone } from '../database/is-database-gone.ts';

/** Seconds after which trying again makes sense. */
const RETRY_AFTER: Partial<Record<ErrorCode, number>> = {
  QUEUE_FULL: 30,
  RATE_LIMITED: 5,
  STOPPING: 5,
  DATABASE_UNAVAILABLE: 5,
  STORAGE_UNAVAILABLE: 5,
  STORAGE_FULL: 60,
};

const FASTIFY_CODES: Record<string, [ErrorCode, string]> = {
  FST_ERR_CTP_BODY_TOO_LARGE: ['BODY_TOO_LARGE', 'The body is too large.'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ['UNSUPPORTED_MEDIA_TYPE', 'A body of this media type is not taken here.'],
  FST_ERR_CTP_INVALID_JSON_BODY: ['MALFORMED_REQUEST', 'The body is not JSON.'],
  FST_ERR_CTP_EMPTY_JSON_BODY: ['MALFORMED_REQUEST', 'The body is empty.'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: ['MALFORMED_REQUEST', 'The body has not the length it claims.'],
  FST_ERR_CTP_INVALID_TYPE: ['UNSUPPORTED_MEDIA_TYPE', 'The media type is malformed.'],
};

export function toHttpError(error: unknown): LimnerError {
  if (error instanceof LimnerError) return error;
  if (hasZodFastifySchemaValidationErrors(error)) {
    const issues = error.validation.map(({ instancePath, message }) => `${instancePath || '/'}: ${message}`);
    return new LimnerError('INVALID_REQUEST', `${issues.slice(0, 5).join('; ')}.`, { cause: error });
  }
  if (isDatabaseGone(error))
    return new LimnerError('DATABASE_UNAVAILABLE', 'The database does not answer.', { cause: error });
  if (isOfDeletedTenant(error))
    return new LimnerError('TENANT_NOT_FOUND', 'The tenant was deleted meanwhile.', { cause: error });
  const { code = '', statusCode = 500 } = (error ?? {}) as Partial<FastifyError>;
  const known = FASTIFY_CODES[code];
  if (known) return new LimnerError(...known, { cause: error });
  if (statusCode >= 400 && statusCode < 500)
    return new LimnerError('MALFORMED_REQUEST', 'The request cannot be understood.', { cause: error });
  return new LimnerError('INTERNAL', 'Something went wrong inside Limner.', { cause: error });
}

/** A row that refers to a tenant which is no longer there: PostgreSQL's foreign_key_violation. */
function isOfDeletedTenant(error: unknown): boolean {
  const { code, constraint } = (error ?? {}) as { code?: unknown; constraint?: unknown };
  return code === '23503' && typeof constraint === 'string' && constraint.endsWith('_tenant_fkey');
}

export function sendError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const refused = isGone(request) ? new LimnerError('CANCELLED', 'The client hung up.') : toHttpError(error);
  const { code, message, hint, cause } = refused;
  const { status } = ERRORS[code];
  if (status >= 500) request.log.error({ code, err: cause ?? error }, message);
  if (code === 'CANCELLED') request.log.info({ code }, message);
  const retryAfter = refused.retryAfter ?? RETRY_AFTER[code];
  if (retryAfter !== undefined && !reply.hasHeader('retry-after')) reply.header('retry-after', retryAfter);
  if (code === 'UNAUTHORIZED') reply.header('www-authenticate', 'Bearer');
  const body: ErrorBody = { error: { code, message, hint, requestId: request.id } };
  // Past the serializer of the route: an error may come before the route is known.
  return reply.code(status).type('application/json; charset=utf-8').serializer(JSON.stringify).send(body);
}

/** Whether the client ended the connection before it had sent all of its request. */
const isGone = ({ raw }: FastifyRequest): boolean => raw.destroyed && !raw.complete;

/** What no router ever sees, because it is no HTTP, in the same shape. */
export function answerMalformed(error: ConnectionError, socket: Socket): void {
  if (!socket.writable || error.code === 'ECONNRESET') return void socket.destroy();
  const isLarge = error.code === 'HPE_HEADER_OVERFLOW';
  const isLate = error.code === 'ERR_HTTP_REQUEST_TIMEOUT';
  const status = isLarge
    ? '431 Request Header Fields Too Large'
    : isLate
      ? '408 Request Timeout'
      : '400 Bad Request';
  const malformed = new LimnerError('MALFORMED_REQUEST', 'The request cannot be understood.');
  const body = JSON.stringify({ error: failureOf(malformed) } satisfies ErrorBody);
  const headers = `content-type: application/json; charset=utf-8\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close`;
  socket.end(`HTTP/1.1 ${status}\r\n${headers}\r\n\r\n${body}`);
}
