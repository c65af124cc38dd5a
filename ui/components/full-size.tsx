import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Picture } from '../../models/image/picture.ts';
import styles from './full-size.module.css';
import { PictureCanvas } from './picture-canvas.tsx';

interface Props {
  readonly picture: Picture;
  readonly onClose: () => void;
}

/** A picture with one pixel of it on each pixel of the screen. Scrolls where it is larger than its place. */
export function FullSize({ picture, onClose }: Props) {
  const pane = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const { current } = pane;
    current?.scrollTo(
      (current.scrollWidth - current.clientWidth) / 2,
      (current.scrollHeight - current.clientHeight) / 2,
    );
  }, [picture]);
  const width = `${picture.width / devicePixelRatio}px`;
  return (
    <div class={styles['outer']}>
      <div ref={pane} class={styles['pane']}>
        <PictureCanvas
          class={styles['picture']}
          style={{ width }}
          picture={picture}
          label="Preview in the chosen style, every pixel"
        />
      </div>
      <button type="button" class={styles['close']} onClick={onClose}>
        100 %<span class="visually-hidden">: back to the whole picture</span>
      </button>
    </div>
  );
}
