/** Requests made of the OpenAPI document and of what breaks parsers: each gets an answer that the document has, none a 5xx. */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { ERRORS } from '../../../models/errors.ts';
import { errorBodySchema } from '../../../protocol/renderer-api/index.ts';
import { testRenderer } from './renderer.ts';

const renderer = testRenderer({ worker: false, limits: { maxQueue: 1_000_000 } });
const RUNS = 60;

interface Schema {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly pattern?: string;
}
interface Operation {
  readonly parameters?: readonly { name: string; in: string; schema: Schema }[];
  readonly requestBody?: { content: Readonly<Record<string, { schema: Schema }>> };
  readonly responses: Readonly<Record<string, unknown>>;
}

/** Where the service would go on for ever, or answers without end. */
const STREAMS = /events$/;

const hostile = fc.constantFrom<unknown>(
  '',
  '\u0000',
  'a\u0000',
  '\ud800',
  '\udfff\ud800',
  '../..',
  '%00',
  '1e400',
  '-1',
  '9'.repeat(40),
  'a'.repeat(5000),
  '💥',
  0,
  -1,
  1e308,
  -0,
  2 ** 31,
  2 ** 53,
  1.5,
  null,
  true,
  [],
  {},
  [[]],
  '0000-01-01T00:00:00Z',
  '9999-12-31T23:59:60Z',
  '__proto__',
  'constructor',
  "'; drop table limner.job; --",
  'http://[',
  'f'.repeat(64),
);

function valuesOf(schema: Schema): fc.Arbitrary<unknown> {
  const { type, enum: choices, anyOf, oneOf, items, properties, required = [], pattern } = schema;
  if ('const' in schema) return fc.constant(schema.const);
  if (choices) return fc.constantFrom(...choices);
  const either = anyOf ?? oneOf;
  if (either) return fc.oneof(...either.map(valuesOrHostile));
  if (properties)
    return fc.record(
      Object.fromEntries(Object.entries(properties).map(([name, part]) => [name, valuesOrHostile(part)])),
      { requiredKeys: [...required] },
    );
  if (type === 'array') return fc.array(items ? valuesOrHostile(items) : hostile, { maxLength: 4 });
  if (type === 'integer' || type === 'number') return fc.oneof(fc.integer(), fc.double());
  if (type === 'boolean') return fc.boolean();
  if (pattern) return fc.oneof(fc.stringMatching(new RegExp(pattern)), fc.string());
  return fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.webUrl(),
    fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  );
}

const valuesOrHostile = (schema: Schema): fc.Arbitrary<unknown> =>
  fc.oneof({ arbitrary: valuesOf(schema), weight: 6 }, { arbitrary: hostile, weight: 1 });

const encode = (value: unknown) => {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  try {
    return encodeURIComponent(text);
  } catch {
    return '%ED%A0%80';
  }
};

describe('every operation of the document', () => {
  let operations: [string, string, Operation][] = [];
  beforeAll(async () => {
    const { paths } = (await (await renderer.fetch('/openapi.json')).json()) as {
      paths: Record<string, Record<string, Operation>>;
    };
    operations = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]): [string, string, Operation] => [
        method,
        path,
        operation,
      ]),
    );
  });

  it('answers what the document says', async () => {
    expect(operations.length).toBeGreaterThan(20);
    for (const [method, path, operation] of operations.filter(([, one]) => !STREAMS.test(one))) {
      const { parameters = [], requestBody } = operation;
      const json = requestBody?.content['application/json']?.schema;
      const request = fc.record({
        values: fc.record(
          Object.fromEntries(parameters.map(({ name, schema }) => [name, valuesOrHostile(schema)])),
        ),
        body: json ? fc.oneof(valuesOrHostile(json), hostile) : fc.constant(undefined),
      });
      await fc.assert(
        fc.asyncProperty(request, async ({ values, body }) => {
          const all = values as Record<string, unknown>;
          const address = path.replaceAll(/\{(\w+)\}/g, (_, name) => encode(all[name]) || 'x');
          const query = parameters
            .filter((one) => one.in === 'query')
            .map(({ name }) => `${name}=${encode(all[name])}`)
            .join('&');
          const text = body === undefined ? undefined : JSON.stringify(body);
          const answer = await renderer.fetch(`${address}?${query}`, {
            method: method.toUpperCase(),
            ...(text !== undefined && { body: text, headers: { 'content-type': 'application/json' } }),
          });
          await expectDocumented(answer, operation, `${method} ${address}?${query} ${text}`);
        }),
        { numRuns: RUNS },
      );
    }
  }, 600_000);
});

/** Statuses that come before an operation is even found, or of limits that all have. */
const ANYWHERE = new Set([400, 404, 414, 415, 422, 429]);

async function expectDocumented(answer: Response, { responses }: Operation, what: string): Promise<void> {
  const { status } = answer;
  const text = await answer.text();
  expect(status, `${what}: ${text}`).toSatisfy(
    (one: number) => ANYWHERE.has(one) || String(one) in responses || one === 501,
  );
  if (status < 400 || status === 503) return;
  const { error } = errorBodySchema.parse(JSON.parse(text));
  expect(ERRORS, what).toHaveProperty(error.code);
}
