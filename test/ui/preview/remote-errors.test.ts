import { expose, wrap } from 'comlink';
import { expect, it } from 'vitest';
import { LimnerError } from '../../../models/errors.ts';
import '../../../ui/preview/remote-errors.ts';

it('code and hint survive the way out of the worker', async () => {
  const { port1, port2 } = new MessageChannel();
  const paint = () => {
    throw new LimnerError('NO_FACE', 'No face was found.', { hint: 'Look up.' });
  };
  expose({ paint }, port1);
  try {
    const remote = wrap<{ paint(): void }>(port2);
    await expect(remote.paint()).rejects.toMatchObject({
      code: 'NO_FACE',
      message: 'No face was found.',
      hint: 'Look up.',
    });
  } finally {
    port1.close();
    port2.close();
  }
});
