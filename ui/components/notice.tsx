import { IconButton, IconClose16, IconWarning16 } from '@create-figma-plugin/ui';
import { withHint } from '../../models/errors.ts';
import type { Problem } from '../app/state.ts';
import styles from './notice.module.css';

interface Props {
  readonly problem: Problem | null;
  readonly onDismiss: () => void;
  readonly onTexture: () => void;
}

/** What went wrong, until it is dismissed, and what can be done at once. */
export function Notice({ problem, onDismiss, onTexture }: Props) {
  if (!problem) return null;
  return (
    <div class={styles['notice']} role="alert" data-code={problem.code}>
      <span class={styles['icon']} aria-hidden="true">
        <IconWarning16 />
      </span>
      <span class={styles['text']}>
        {withHint(problem)}
        {problem.offer === 'texture' && (
          <button type="button" class={styles['offer']} onClick={onTexture}>
            Use its texture only
          </button>
        )}
      </span>
      <IconButton aria-label="Dismiss" onClick={onDismiss}>
        <IconClose16 />
      </IconButton>
    </div>
  );
}
