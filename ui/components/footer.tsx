import type { ComponentChildren } from 'preact';
import styles from './footer.module.css';

interface Props {
  /** What will happen, in a few words. */
  readonly hint?: ComponentChildren;
  readonly children: ComponentChildren;
}

/** The main action of a screen, always in reach. */
export function Footer({ hint, children }: Props) {
  return (
    <footer class={styles['footer']}>
      {hint && <p class={styles['hint']}>{hint}</p>}
      {children}
    </footer>
  );
}
