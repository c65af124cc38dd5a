import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Actions } from '../app/actions.ts';
import { type Item, isEnded } from '../app/state.ts';
import styles from './item-list.module.css';
import { ItemRow } from './item-row.tsx';
import { ProgressBar } from './progress-bar.tsx';

interface Props {
  readonly items: readonly Item[];
  readonly actions: Actions;
}

/** How each portrait stands on its way to a layer. It comes into view when work begins. */
export function ItemList({ items, actions }: Props) {
  const section = useRef<HTMLElement>(null);
  const first = items[0]?.id;
  useLayoutEffect(() => {
    if (first !== undefined) section.current?.scrollIntoView({ block: 'nearest' });
  }, [first]);
  if (items.length === 0) return null;
  const ended = items.filter(isEnded).length;
  const share = items.reduce((sum, item) => sum + (isEnded(item) ? 1 : item.share), 0) / items.length;
  return (
    <section ref={section} class={styles['list']} aria-label="Results">
      <header class={styles['header']}>
        <strong role="status">{summaryOf(items, ended)}</strong>
        {ended < items.length && (
          <button type="button" class={styles['link']} onClick={() => actions.items.cancelAll()}>
            Cancel all
          </button>
        )}
      </header>
      {ended < items.length && <ProgressBar share={share} label="All portraits" />}
      <ul class={styles['rows']}>
        {items.map((item) => (
          <ItemRow key={item.id} item={item} actions={actions} />
        ))}
      </ul>
    </section>
  );
}

function summaryOf(items: readonly Item[], ended: number): string {
  if (ended < items.length) return `${ended} of ${items.length} done`;
  const count = (state: Item['state']) => items.filter((item) => item.state === state).length;
  const parts = [`${count('done')} done`];
  if (count('skipped') > 0) parts.push(`${count('skipped')} without a face`);
  if (count('failed') > 0) parts.push(`${count('failed')} failed`);
  if (count('cancelled') > 0) parts.push(`${count('cancelled')} cancelled`);
  return parts.join(', ');
}
