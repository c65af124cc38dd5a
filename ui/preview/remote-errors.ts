/** Lets an error keep its code and its hint on its way out of the worker. Import it on both sides. */
import { type TransferHandler, transferHandlers } from 'comlink';

interface Thrown {
  readonly value: unknown;
}
type Serialized = { readonly value: { code?: unknown; hint?: unknown } };

const handler = transferHandlers.get('throw') as TransferHandler<Thrown, Serialized>;

transferHandlers.set('throw', {
  ...handler,
  serialize(thrown: Thrown) {
    const [serialized, transferables] = handler.serialize(thrown);
    const { value } = thrown;
    if (value instanceof Error) {
      if ('code' in value) serialized.value.code = value.code;
      if ('hint' in value) serialized.value.hint = value.hint;
    }
    return [serialized, transferables];
  },
} as TransferHandler<Thrown, Serialized>);
