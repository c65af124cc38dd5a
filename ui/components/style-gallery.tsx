import { IconPlus24 } from '@create-figma-plugin/ui';
import { useRef } from 'preact/hooks';
import type { RecentStyle } from '../../protocol/plugin-data.ts';
import type { Styles } from '../app/styles.ts';
import styles from './style-gallery.module.css';
import { StyleTile } from './style-tile.tsx';

interface Props {
  readonly recent: readonly RecentStyle[];
  readonly chosen: string | null;
  readonly actions: Styles;
}

const FILES = 'image/png,image/jpeg,image/webp,image/gif,image/avif,.limner';

/** The styles used lately, and a way to add one. */
export function StyleGallery({ recent, chosen, actions }: Props) {
  const picker = useRef<HTMLInputElement>(null);
  return (
    <section class={styles['gallery']} aria-label="Styles">
      <button type="button" class={styles['add']} onClick={() => picker.current?.click()}>
        <IconPlus24 />
        <span class={styles['addLabel']}>Add</span>
        <span class="visually-hidden"> a style from a file</span>
      </button>
      <input
        ref={picker}
        class="visually-hidden"
        type="file"
        accept={FILES}
        multiple
        tabIndex={-1}
        aria-hidden="true"
        onChange={({ currentTarget }) => {
          void actions.addFiles([...(currentTarget.files ?? [])]);
          currentTarget.value = '';
        }}
      />
      <div class={styles['tiles']} role="radiogroup" aria-label="Recent styles">
        {recent.map((style) => (
          <StyleTile key={style.id} style={style} isChosen={style.id === chosen} actions={actions} />
        ))}
      </div>
    </section>
  );
}
