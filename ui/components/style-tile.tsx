import { IconClose16 } from '@create-figma-plugin/ui';
import type { RecentStyle } from '../../protocol/plugin-data.ts';
import type { Styles } from '../app/styles.ts';
import styles from './style-tile.module.css';
import { useObjectUrl } from './use-object-url.ts';

interface Props {
  readonly style: RecentStyle;
  readonly isChosen: boolean;
  readonly actions: Styles;
}

export function StyleTile({ style, isChosen, actions }: Props) {
  const url = useObjectUrl(style.thumbnail);
  return (
    <div class={styles['tile']}>
      <label
        class={isChosen ? `${styles['choice']} ${styles['chosen']}` : styles['choice']}
        title={style.name}
      >
        <input
          class="visually-hidden"
          type="radio"
          name="style"
          checked={isChosen}
          onChange={() => actions.choose(style.id)}
          onKeyDown={({ key }) => {
            if (key === 'Delete') void actions.remove(style.id);
          }}
        />
        <img class={styles['thumbnail']} src={url} alt="" />
        <span class={styles['name']}>{style.name}</span>
      </label>
      <button
        type="button"
        class={styles['remove']}
        aria-label={`Remove ${style.name}`}
        onClick={() => void actions.remove(style.id)}
      >
        <IconClose16 />
      </button>
    </div>
  );
}
