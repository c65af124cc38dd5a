import { useRef, useState } from 'preact/hooks';
import type { Picture } from '../../models/image/picture.ts';
import styles from './compare.module.css';
import { FullSize } from './full-size.tsx';
import { PictureCanvas } from './picture-canvas.tsx';

interface Props {
  readonly before: Picture;
  readonly after: Picture;
}

const KEY_STEP = 0.05;
const STEPS: Readonly<Record<string, (at: number) => number>> = {
  ArrowLeft: (at) => at - KEY_STEP,
  ArrowDown: (at) => at - KEY_STEP,
  ArrowRight: (at) => at + KEY_STEP,
  ArrowUp: (at) => at + KEY_STEP,
  Home: () => 0,
  End: () => 1,
};

/** Pixels that a pointer may move in a click. */
const STILL = 3;

/** Before and after, one over the other, with a divider that is dragged or moved by keys. A click shows every pixel. */
export function Compare({ before, after }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const pressed = useRef(0);
  const [at, setAt] = useState(0.5);
  const [isFullSize, setFullSize] = useState(false);
  const move = (to: number) => setAt(Math.min(1, Math.max(0, to)));
  const follow = (event: PointerEvent) => {
    const box = frame.current?.getBoundingClientRect();
    if (box && event.buttons === 1 && Math.abs(event.clientX - pressed.current) > STILL)
      move((event.clientX - box.left) / box.width);
  };
  if (isFullSize) return <FullSize picture={after} onClose={() => setFullSize(false)} />;
  return (
    <div
      ref={frame}
      class={styles['frame']}
      style={{ aspectRatio: `${after.width} / ${after.height}` }}
      title="Drag to compare, click for every pixel"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        pressed.current = event.clientX;
      }}
      onPointerMove={follow}
      onPointerUp={(event) => {
        if (Math.abs(event.clientX - pressed.current) <= STILL) setFullSize(true);
      }}
    >
      <PictureCanvas class={styles['picture']} picture={after} label="Preview in the chosen style" />
      <PictureCanvas
        class={styles['picture']}
        style={{ clipPath: `inset(0 ${(1 - at) * 100}% 0 0)` }}
        picture={before}
        label="Original portrait"
      />
      {at > 0.16 && <span class={`${styles['tag']} ${styles['left']}`}>Before</span>}
      {at < 0.84 && <span class={`${styles['tag']} ${styles['right']}`}>After</span>}
      <div
        class={styles['divider']}
        style={{ left: `${at * 100}%` }}
        role="slider"
        tabIndex={0}
        aria-label="Divider between original and preview"
        aria-orientation="horizontal"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(at * 100)}
        aria-valuetext={`${Math.round(at * 100)} % original`}
        onKeyDown={(event) => {
          const step = STEPS[event.key];
          if (!step) return;
          event.preventDefault();
          move(step(at));
        }}
      >
        <span class={styles['grip']} />
      </div>
    </div>
  );
}
