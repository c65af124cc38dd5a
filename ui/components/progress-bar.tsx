import styles from './progress-bar.module.css';

interface Props {
  /** 0..1 */
  readonly share: number;
  readonly label: string;
}

export function ProgressBar({ share, label }: Props) {
  const percent = Math.round(share * 100);
  return (
    <div
      class={styles['track']}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
    >
      <div class={styles['bar']} style={{ width: `${percent}%` }} />
    </div>
  );
}
