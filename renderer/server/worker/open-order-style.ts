import { LimnerError } from '../../../models/errors.ts';
import type { StyleRef } from '../../../protocol/renderer-api/index.ts';
import type { ReadyStyle } from '../../core/engine/engine.ts';
import type { Origin } from '../../provenance/origin.ts';
import { builtInStyles } from '../jobs/built-in-styles.ts';
import type { WorkOrder } from './messages.ts';
import type { Workshop } from './workshop.ts';

/** The style of an order, prepared, and what results say of it. @throws STYLE_GONE, and what preparing a style throws */
export async function openOrderStyle(
  ref: StyleRef,
  { keys, styleSha256 }: Pick<WorkOrder, 'keys' | 'styleSha256'>,
  { engine, storage }: Pick<Workshop, 'engine' | 'storage'>,
): Promise<{ style: ReadyStyle; origin: NonNullable<Origin['style']> }> {
  const id = 'picture' in ref ? ref.picture : ref.style;
  const key = keys[id];
  if (key !== undefined) {
    const style = await engine.style(key, () => storage.get(key));
    return { style, origin: { name: style.file?.manifest.name ?? 'reference', sha256: styleSha256 ?? id } };
  }
  const builtIn = (await builtInStyles()).get(id);
  if (!builtIn) throw new LimnerError('STYLE_GONE', `This worker has no style ${id}.`);
  const { info, bytes } = builtIn;
  const style = await engine.style(`built-in/${id}`, async () => bytes);
  return { style, origin: { name: info.name, sha256: info.sha256 } };
}
