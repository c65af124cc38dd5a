import type { ComponentChildren } from 'preact';
import styles from './empty-state.module.css';

interface Props {
  readonly icon: ComponentChildren;
  readonly title: string;
  readonly children?: ComponentChildren;
  readonly isProblem?: boolean;
}

/** Says why there is nothing to see, and what to do. */
export function EmptyState({ icon, title, children, isProblem = false }: Props) {
  return (
    <div class={styles['state']} role={isProblem ? 'alert' : 'status'}>
      <div class={isProblem ? styles['problem'] : styles['icon']} aria-hidden="true">
        {icon}
      </div>
      <strong class={styles['title']}>{title}</strong>
      {children && <div class={styles['text']}>{children}</div>}
    </div>
  );
}
