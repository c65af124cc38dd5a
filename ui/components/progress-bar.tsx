import { useRef } from 'preact/hooks';
import { createTimeLeft } from '../../protocol/time-left.ts';
import styles from './progress-bar.module.css';

interface Props {
  /** 0..1 */
  readonly share: number;
  readonly label: string;
}

export function ProgressBar({ share, label }: Props) {
  const percent = Math.round(share * 100);
  const timeLeft = useRef(createTimeLeft());
  const left = timeLeft.current(share, performance.now());
  return (
    <>
      <div
        class={styles['track']}
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        aria-valuetext={left ? `${percent} %, ${left}` : undefined}
      >
        <div class={styles['bar']} style={{ width: `${percent}%` }} />
      </div>
      {left && (
        <span class={styles['left']} aria-hidden="true">
          {left}
        </span>
      )}
    </>
  );
}
