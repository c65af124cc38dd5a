/**
 * The client of the renderer, for Node and browsers. It holds no state but its address and token: jobs live in the
 * renderer, so a client that is closed and made again finds them by their ids.
 *
 *   const renderer = createRendererClient({ baseUrl, token });
 *   const portrait = await renderer.uploadPicture(bytes);
 *   await renderer.putJob('my-id', { kind: 'render', portrait, style: { picture: reference } });
 *   for await (const event of renderer.events('my-id')) show(event.percent);
 *   const { bytes } = await renderer.result('my-id');
 *
 * Every method rejects with a RendererError: a code of the renderer's catalogue, or RENDERER_UNREACHABLE,
 * DEADLINE_EXCEEDED, CANCELLED, BAD_RESPONSE.
 */
import type { z } from 'zod';
import { RendererError } from '../errors.ts';
import {
  type Job,
  type JobEvent,
  type JobList,
  type JobListQuery,
  jobListSchema,
  jobSchema,
} from '../job.ts';
import type { JobRequestInput } from '../job-request.ts';
import { type PictureInfo, pictureInfoSchema } from '../picture.ts';
import { type Status, statusSchema } from '../status.ts';
import { type StyleInfo, styleInfoSchema, styleListSchema } from '../style.ts';
import {
  newTokenSchema,
  type TenantInfo,
  type TenantInput,
  type TokenInfo,
  type TokenInput,
  tenantInfoSchema,
  tenantListSchema,
  tokenListSchema,
} from '../token.ts';
import { type EventOptions, jobEvents } from './events.ts';
import {
  BODY_FACTOR,
  type CallOptions,
  type ClientOptions,
  connectionError,
  createSend,
  DEFAULT_DEADLINE,
  type HttpRequest,
} from './http.ts';
import { sha256Hex } from './sha256.ts';

export { RendererError } from '../errors.ts';
export type { EventOptions } from './events.ts';
export type { CallOptions, ClientOptions } from './http.ts';
export { sha256Hex } from './sha256.ts';

/** What can be asked of a renderer; every method rejects with a `RendererError`. */
export interface RendererClient {
  /** Also the test of a connection: it needs address and token. */
  status(options?: CallOptions): Promise<Status>;
  /** Sends a picture unless the renderer has it. The answer is its SHA-256, by which jobs refer to it. */
  uploadPicture(bytes: Uint8Array, options?: CallOptions): Promise<string>;
  pictureInfo(sha256: string, options?: CallOptions): Promise<PictureInfo>;
  /** Deletes a picture and everything made from it. */
  deletePicture(sha256: string, options?: CallOptions): Promise<void>;
  /** Creates a job under an id of your choice; the same again changes nothing. @throws JOB_CONFLICT */
  putJob(id: string, request: JobRequestInput, options?: CallOptions): Promise<Job>;
  job(id: string, options?: CallOptions): Promise<Job>;
  jobs(query?: JobListQuery, options?: CallOptions): Promise<JobList>;
  cancelJob(id: string, options?: CallOptions): Promise<Job>;
  /** Queues a job that failed or was cancelled anew; of a batch all of its jobs that did not succeed. */
  retryJob(id: string, options?: CallOptions): Promise<Job>;
  /** Cancels a job if need be and deletes it with its result. */
  deleteJob(id: string, options?: CallOptions): Promise<void>;
  /** Every event of a job until it has ended, over as many connections as it takes. */
  events(id: string, options?: EventOptions): AsyncGenerator<JobEvent>;
  /** The job once it has ended, in whichever way. */
  waitForJob(id: string, options?: EventOptions & { onEvent?: (event: JobEvent) => void }): Promise<Job>;
  result(id: string, options?: CallOptions): Promise<{ bytes: Uint8Array; mediaType: string }>;
  styles(options?: CallOptions): Promise<StyleInfo[]>;
  /** @param bytes a `.limner` file */
  uploadStyle(id: string, bytes: Uint8Array, options?: CallOptions): Promise<StyleInfo>;
  downloadStyle(id: string, options?: CallOptions): Promise<Uint8Array>;
  /** A small PNG. */
  styleThumbnail(id: string, options?: CallOptions): Promise<Uint8Array>;
  deleteStyle(id: string, options?: CallOptions): Promise<void>;
  tokens(options?: CallOptions): Promise<TokenInfo[]>;
  /** Makes a token, shown this once; an older one of the same name ends. */
  rotateToken(name: string, input?: TokenInput, options?: CallOptions): Promise<string>;
  revokeToken(name: string, options?: CallOptions): Promise<void>;
  tenants(options?: CallOptions): Promise<TenantInfo[]>;
  /** Makes or changes a tenant; what is not given stays as it is. */
  putTenant(name: string, input?: TenantInput, options?: CallOptions): Promise<TenantInfo>;
  /** Deletes a tenant with all that is of it, for good. */
  deleteTenant(name: string, options?: CallOptions): Promise<void>;
}

/** A client of the renderer at an address. Nothing is sent before a method is called. */
export function createRendererClient(options: ClientOptions): RendererClient {
  const send = createSend(options);
  const bodyDeadline = (options.deadline ?? DEFAULT_DEADLINE) * BODY_FACTOR;
  const part = encodeURIComponent;

  async function readJson<T>(schema: z.ZodType<T>, path: string, request?: HttpRequest): Promise<T> {
    const response = await send(path, request);
    const parsed = schema.safeParse(await read(() => response.json(), request));
    if (parsed.success) return parsed.data;
    throw new RendererError('BAD_RESPONSE', `The answer to ${path} is not what this version expects.`, {
      status: response.status,
      cause: parsed.error,
    });
  }

  async function readBytes(path: string, request: CallOptions = {}) {
    const response = await send(path, { ...request, deadline: bodyDeadline });
    const bytes = new Uint8Array(await read(() => response.arrayBuffer(), request));
    return { bytes, mediaType: response.headers.get('content-type') ?? 'application/octet-stream' };
  }

  async function read<T>(body: () => Promise<T>, { signal }: CallOptions = {}): Promise<T> {
    try {
      return await body();
    } catch (cause) {
      if (cause instanceof SyntaxError)
        throw new RendererError('BAD_RESPONSE', 'The renderer answered with something that is not JSON.', {
          cause,
        });
      throw connectionError(cause, options.baseUrl, { signal });
    }
  }

  const upload = <T>(schema: z.ZodType<T>, path: string, body: Uint8Array, call?: CallOptions): Promise<T> =>
    readJson(schema, path, {
      ...call,
      method: 'PUT',
      body,
      headers: { 'content-type': 'application/octet-stream' },
      deadline: bodyDeadline,
    });

  const client: RendererClient = {
    status: (call) => readJson(statusSchema, '/v1/status', call),
    async uploadPicture(bytes, call) {
      const sha256 = await sha256Hex(bytes);
      const path = `/v1/pictures/${sha256}`;
      const { status } = await send(path, { ...call, method: 'HEAD', accept: [404] });
      if (status === 404) await upload(pictureInfoSchema, path, bytes, call);
      return sha256;
    },
    pictureInfo: (sha256, call) => readJson(pictureInfoSchema, `/v1/pictures/${part(sha256)}`, call),
    async deletePicture(sha256, call) {
      await send(`/v1/pictures/${part(sha256)}`, { ...call, method: 'DELETE' });
    },
    putJob: (id, json, call) => readJson(jobSchema, `/v1/jobs/${part(id)}`, { ...call, method: 'PUT', json }),
    job: (id, call) => readJson(jobSchema, `/v1/jobs/${part(id)}`, call),
    jobs: (query = {}, call) => readJson(jobListSchema, `/v1/jobs?${searchOf(query)}`, call),
    cancelJob: (id, call) => readJson(jobSchema, `/v1/jobs/${part(id)}/cancel`, { ...call, method: 'POST' }),
    retryJob: (id, call) => readJson(jobSchema, `/v1/jobs/${part(id)}/retry`, { ...call, method: 'POST' }),
    async deleteJob(id, call) {
      await send(`/v1/jobs/${part(id)}`, { ...call, method: 'DELETE' });
    },
    events: (id, call) => jobEvents({ send, base: options.baseUrl }, id, call),
    async waitForJob(id, call = {}) {
      for await (const event of client.events(id, call)) call.onEvent?.(event);
      return client.job(id, { signal: call.signal });
    },
    result: (id, call) => readBytes(`/v1/jobs/${part(id)}/result`, call),
    styles: async (call) => (await readJson(styleListSchema, '/v1/styles', call)).styles,
    uploadStyle: (id, bytes, call) => upload(styleInfoSchema, `/v1/styles/${part(id)}`, bytes, call),
    downloadStyle: async (id, call) => (await readBytes(`/v1/styles/${part(id)}`, call)).bytes,
    styleThumbnail: async (id, call) => (await readBytes(`/v1/styles/${part(id)}/thumbnail`, call)).bytes,
    async deleteStyle(id, call) {
      await send(`/v1/styles/${part(id)}`, { ...call, method: 'DELETE' });
    },
    tokens: async (call) => (await readJson(tokenListSchema, '/v1/tokens', call)).tokens,
    async rotateToken(name, json = {}, call) {
      const request = { ...call, method: 'PUT', json } as const;
      return (await readJson(newTokenSchema, `/v1/tokens/${part(name)}`, request)).token;
    },
    async revokeToken(name, call) {
      await send(`/v1/tokens/${part(name)}`, { ...call, method: 'DELETE' });
    },
    tenants: async (call) => (await readJson(tenantListSchema, '/v1/tenants', call)).tenants,
    putTenant: (name, json = {}, call) =>
      readJson(tenantInfoSchema, `/v1/tenants/${part(name)}`, { ...call, method: 'PUT', json }),
    async deleteTenant(name, call) {
      await send(`/v1/tenants/${part(name)}`, { ...call, method: 'DELETE' });
    },
  };
  return client;
}

function searchOf(query: JobListQuery): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  return new URLSearchParams(given.map(([key, value]) => [key, String(value)])).toString();
}
