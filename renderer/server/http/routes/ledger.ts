import { Readable } from 'node:stream';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { LimnerError } from '../../../../models/errors.ts';
import { sha256Schema } from '../../../../protocol/renderer-api/index.ts';
import { writeCopy } from '../../../ledger/copy.ts';
import { proofSchema } from '../../../ledger/find-proof.ts';
import { signedHeadSchema } from '../../../ledger/signed-head.ts';
import type { LedgerWriter } from '../../ledger/write-notes.ts';
import type { ServiceContext } from '../context.ts';
import { errorsOf } from './error-responses.ts';

const tags = ['ledger'];
/** Between an earlier head, which the caller has, and the newest. */
const consistencySchema = z.object({
  path: z.array(z.string()).describe('hexadecimal'),
  head: signedHeadSchema,
});
/** Proofs of one answer. */
const MOST_PROOFS = 100;

export const ledgerRoutes: FastifyPluginAsyncZod<{ context: ServiceContext }> = async (app, { context }) => {
  const upToDate = async (): Promise<LedgerWriter> => {
    if (!context.ledger) throw new LimnerError('NOT_SUPPORTED', 'This renderer keeps no ledger.');
    await context.ledger.flush();
    return context.ledger;
  };

  app.get(
    '/ledger',
    {
      config: { role: 'operator' },
      schema: {
        operationId: 'copyLedger',
        tags,
        summary: 'The whole ledger, as lines of JSON: entries, then signed heads; of all tenants',
        produces: ['application/x-ndjson'],
        response: { 200: z.unknown(), ...errorsOf(401, 403, 501) },
      },
    },
    async (_, reply) => {
      const { ledger, store } = await upToDate();
      return reply.type('application/x-ndjson').send(Readable.from(writeCopy(store, ledger.head())));
    },
  );

  app.get(
    '/ledger/head',
    {
      schema: {
        operationId: 'getLedgerHead',
        tags,
        summary: 'A signed head over the ledger',
        response: { 200: signedHeadSchema, ...errorsOf(401, 501) },
      },
    },
    async () => (await upToDate()).ledger.head(),
  );

  app.get(
    '/ledger/consistency/:first',
    {
      schema: {
        operationId: 'proveConsistency',
        tags,
        summary: 'Proof that the ledger continues the one of an earlier head (RFC 9162, section 2.1.4)',
        params: z.object({ first: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) }),
        response: { 200: consistencySchema, ...errorsOf(401, 422, 501) },
      },
    },
    async ({ params: { first } }) => {
      const { ledger } = await upToDate();
      if (first > ledger.size)
        throw new LimnerError('INVALID_REQUEST', `Expected at most ${ledger.size} but received ${first}.`);
      return { path: ledger.proveConsistency(first), head: ledger.head() };
    },
  );

  app.post(
    '/ledger/plans',
    {
      schema: {
        operationId: 'notePlan',
        tags,
        summary: 'Note the hash of a plan of ratings, so that nobody can make it later than it was',
        body: z.strictObject({ sha256: sha256Schema }),
        response: { 201: proofSchema, ...errorsOf(400, 401, 501) },
      },
    },
    async ({ body: { sha256 }, tenant }, reply) => {
      await upToDate();
      const note = JSON.stringify({ kind: 'plan', file: sha256 });
      await context.database.query('select limner.note($1::jsonb, $2)', [note, tenant]);
      const { ledger } = await upToDate();
      const [{ index }] = await context.database.query<{ index: string | number }>(
        'select max(index) as index from limner.ledger_entry where tenant = $2 and position($1 in entry) > 0',
        [sha256, tenant],
      );
      return reply.code(201).send(await ledger.prove(Number(index)));
    },
  );

  app.get(
    '/ledger/proofs/:sha256',
    {
      schema: {
        operationId: 'proveInclusion',
        tags,
        summary: 'Proofs that the newest entries about a file are in the ledger',
        params: z.object({ sha256: sha256Schema }),
        response: { 200: z.array(proofSchema), ...errorsOf(401, 501) },
      },
    },
    async ({ params: { sha256 }, tenant }) => {
      const { ledger } = await upToDate();
      const found = await context.database.query<{ index: string | number }>(
        `select index from limner.ledger_entry where tenant = $3 and position($1 in entry) > 0
         order by index desc limit $2`,
        [sha256, MOST_PROOFS, tenant],
      );
      return Promise.all(found.map(({ index }) => ledger.prove(Number(index))).reverse());
    },
  );
};
