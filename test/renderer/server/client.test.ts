/** A client made of the OpenAPI document alone: that it compiles, and what it says, are both checked. */
import createClient from 'openapi-fetch';
import { expect, it } from 'vitest';
import { noise } from '../core/pictures/samples.ts';
import type { paths } from './openapi.d.ts';
import { sha256, TOKEN, testRenderer } from './renderer.ts';

const renderer = testRenderer({ worker: false });

it('sends a picture, makes a job of it, follows it and deletes both', async () => {
  const client = createClient<paths>({
    baseUrl: renderer.url,
    headers: { authorization: `Bearer ${TOKEN}` },
  });
  const png = await noise(32, 32).png().toBuffer();
  const picture = sha256(png);
  const sent = await client.PUT('/v1/pictures/{sha256}', {
    params: { path: { sha256: picture } },
    // A body of bytes is text to the document.
    body: png as unknown as string,
    bodySerializer: (body) => body,
    headers: { 'content-type': 'application/octet-stream' },
  });
  expect(sent.data).toMatchObject({ sha256: picture, width: 32, height: 32 });
  const path = { id: 'by-document' };
  const put = await client.PUT('/v1/jobs/{id}', {
    params: { path },
    body: { kind: 'upscale', picture, scale: 2, format: 'png' },
  });
  expect(put.data?.state).toBe('queued');
  const result = await client.GET('/v1/jobs/{id}/result', { params: { path } });
  expect(result.error?.error.code).toBe('JOB_NOT_ENDED');
  const listed = await client.GET('/v1/jobs', { params: { query: { kind: 'upscale', limit: 5 } } });
  expect(listed.data?.jobs.map(({ id }) => id)).toEqual(['by-document']);
  expect((await client.POST('/v1/jobs/{id}/cancel', { params: { path } })).data?.state).toBe('cancelled');
  expect(
    (await client.DELETE('/v1/pictures/{sha256}', { params: { path: { sha256: picture } } })).response.status,
  ).toBe(204);
  expect((await client.GET('/v1/jobs/{id}', { params: { path } })).error?.error.code).toBe('JOB_NOT_FOUND');
});

it('every operation has a name of its own, and refuses in JSON', async () => {
  const { paths: all } = (await (await renderer.fetch('/openapi.json')).json()) as {
    paths: Record<
      string,
      Record<string, { operationId?: string; responses: Record<string, { content: object }> }>
    >;
  };
  const operations = Object.values(all).flatMap((path) => Object.values(path));
  const names = operations.map(({ operationId }) => operationId);
  expect(names).not.toContain(undefined);
  expect(new Set(names).size).toBe(names.length);
  const refusals = operations.flatMap(({ responses }) =>
    Object.entries(responses).filter(([status]) => Number(status) >= 400),
  );
  for (const [, { content }] of refusals) expect(Object.keys(content)).toEqual(['application/json']);
});
