/** The ledger of a running renderer. */
import { LimnerError } from '../../models/errors.ts';
import { createSend, type HttpRequest } from '../../protocol/renderer-api/client/http.ts';
import { RendererError } from '../../protocol/renderer-api/errors.ts';
import { type InclusionProof, proofSchema } from './find-proof.ts';

export interface RemoteLedger {
  /** The lines of a copy, whole. */
  copy(signal: AbortSignal): Promise<string>;
  /** Proofs of all entries about a file. */
  proofs(sha256: string): Promise<InclusionProof[]>;
  /** Makes an entry about a plan of ratings. */
  notePlan(sha256: string): Promise<InclusionProof>;
}

/** Its methods throw RENDERER_FAILED. */
export function openRemoteLedger(baseUrl: string, token: string): RemoteLedger {
  const send = createSend({ baseUrl, token });
  const read = async (path: string, request?: HttpRequest) => {
    try {
      return await (await send(path, request)).text();
    } catch (cause) {
      if (!(cause instanceof RendererError) || cause.code === 'CANCELLED') throw cause;
      throw new LimnerError('RENDERER_FAILED', cause.message, { hint: cause.hint, cause });
    }
  };
  return {
    copy: (signal) => read('/v1/ledger', { signal, deadline: Number.POSITIVE_INFINITY }),
    proofs: async (sha256) =>
      proofSchema.array().parse(JSON.parse(await read(`/v1/ledger/proofs/${sha256}`))),
    notePlan: async (sha256) =>
      proofSchema.parse(JSON.parse(await read('/v1/ledger/plans', { method: 'POST', json: { sha256 } }))),
  };
}
