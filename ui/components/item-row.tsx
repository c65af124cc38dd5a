import {
  IconButton,
  IconCheck16,
  IconClose16,
  IconRefresh16,
  IconWarning16,
  LoadingIndicator,
} from '@create-figma-plugin/ui';
import type { ComponentChild } from 'preact';
import { withHint } from '../../models/errors.ts';
import type { Actions } from '../app/actions.ts';
import { type Item, isEnded } from '../app/state.ts';
import styles from './item-row.module.css';
import { ProgressBar } from './progress-bar.tsx';

const ICONS: Record<Item['state'], () => ComponentChild> = {
  waiting: () => <span class={styles['dot']} />,
  running: () => <LoadingIndicator />,
  done: () => <IconCheck16 />,
  skipped: () => <span class={styles['dot']} />,
  failed: () => <IconWarning16 />,
  cancelled: () => <IconClose16 />,
};

interface Props {
  readonly item: Item;
  readonly actions: Actions;
}

export function ItemRow({ item, actions }: Props) {
  const { id, state, share, nodeId } = item;
  const { name } = item.portrait;
  const canRetry = state === 'failed' || state === 'cancelled';
  return (
    <li class={styles['row']} data-state={state}>
      <span class={styles[state] ?? styles['icon']} aria-hidden="true">
        {ICONS[state]()}
      </span>
      <div class={styles['middle']}>
        {nodeId ? (
          <button
            type="button"
            class={styles['name']}
            onClick={() => actions.show(nodeId)}
            title="Show the layer"
          >
            {name}
          </button>
        ) : (
          <span class={styles['name']}>{name}</span>
        )}
        {state === 'running' ? (
          <ProgressBar share={share} label={name} />
        ) : (
          <span class={styles['detail']}>{detailOf(item)}</span>
        )}
      </div>
      {!isEnded(item) && (
        <IconButton aria-label={`Cancel ${name}`} onClick={() => actions.items.cancel(id)}>
          <IconClose16 />
        </IconButton>
      )}
      {canRetry && (
        <IconButton aria-label={`Retry ${name}`} onClick={() => actions.items.retry(id)}>
          <IconRefresh16 />
        </IconButton>
      )}
    </li>
  );
}

function detailOf({ state, problem, place, styleName, note }: Item): string {
  switch (state) {
    case 'waiting':
      return place === 'renderer' ? 'Waiting for the renderer' : 'Waiting';
    case 'running':
      return '';
    case 'done':
      return note ? `${styleName} · ${note}` : styleName;
    case 'skipped':
      return 'No face: left as it is';
    case 'failed':
      return problem ? withHint(problem) : 'Failed.';
    case 'cancelled':
      return 'Cancelled';
    default:
      state satisfies never;
      return '';
  }
}
