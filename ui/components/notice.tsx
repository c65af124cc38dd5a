import { IconButton, IconClose16, IconWarning16 } from '@create-figma-plugin/ui';
import type { Problem } from '../app/state.ts';
import styles from './notice.module.css';

interface Props {
  readonly problem: Problem | null;
  readonly onDismiss: () => void;
}

/** What went wrong, until it is dismissed. */
export function Notice({ problem, onDismiss }: Props) {
  if (!problem) return null;
  return (
    <div class={styles['notice']} role="alert" data-code={problem.code}>
      <span class={styles['icon']} aria-hidden="true">
        <IconWarning16 />
      </span>
      <span class={styles['text']}>{problem.message}</span>
      <IconButton aria-label="Dismiss" onClick={onDismiss}>
        <IconClose16 />
      </IconButton>
    </div>
  );
}
