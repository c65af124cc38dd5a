import { IconClose16 } from '@create-figma-plugin/ui';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Picture } from '../../models/image/picture.ts';
import type { RecentStyle } from '../../protocol/plugin-data.ts';
import type { Styles } from '../app/styles.ts';
import { PictureCanvas } from './picture-canvas.tsx';
import styles from './style-tile.module.css';
import { useObjectUrl } from './use-object-url.ts';

interface Props {
  readonly style: RecentStyle;
  /** The style on the selected portrait. */
  readonly sketch?: Picture;
  /** Comes with the plugin and stays. */
  readonly isStarter?: boolean;
  readonly isChosen: boolean;
  readonly actions: Styles;
}

export function StyleTile({ style, sketch, isStarter = false, isChosen, actions }: Props) {
  const url = useObjectUrl(style.thumbnail);
  const tile = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (isChosen) tile.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [isChosen]);
  return (
    <div ref={tile} class={styles['tile']}>
      <label
        class={isChosen ? `${styles['choice']} ${styles['chosen']}` : styles['choice']}
        title={style.name}
      >
        <input
          class="visually-hidden"
          type="radio"
          name="style"
          checked={isChosen}
          onChange={() => void actions.choose(style.id)}
          onKeyDown={({ key }) => {
            if (key === 'Delete' && !isStarter) void actions.remove(style.id);
          }}
        />
        {sketch ? (
          <PictureCanvas
            class={styles['thumbnail']}
            picture={sketch}
            label={`The portrait as ${style.name}`}
          />
        ) : (
          <img class={styles['thumbnail']} src={url} alt="" />
        )}
        <span class={styles['name']}>{style.name}</span>
      </label>
      {!isStarter && (
        <button
          type="button"
          class={styles['remove']}
          aria-label={`Remove ${style.name}`}
          onClick={() => void actions.remove(style.id)}
        >
          <IconClose16 />
        </button>
      )}
    </div>
  );
}
