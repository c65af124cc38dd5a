import { IconFrame16, IconPlus24 } from '@create-figma-plugin/ui';
import { useRef } from 'preact/hooks';
import type { Picture } from '../../models/image/picture.ts';
import type { RecentStyle } from '../../protocol/plugin-data.ts';
import type { Portrait } from '../../protocol/portrait.ts';
import type { Styles } from '../app/styles.ts';
import styles from './style-gallery.module.css';
import { StyleTile } from './style-tile.tsx';

interface Props {
  readonly recent: readonly RecentStyle[];
  readonly starters: readonly RecentStyle[];
  /** The starters on the selected portrait, by id, as far as they are painted. */
  readonly sketches: Readonly<Record<string, Picture>>;
  readonly chosen: string | null;
  /** The selected layer, which may be a reference. */
  readonly layer: Portrait | undefined;
  readonly actions: Styles;
}

const FILES = 'image/png,image/jpeg,image/webp,image/gif,image/avif,.limner';

/** The styles used lately, and ways to add one. */
export function StyleGallery({ recent, starters, sketches, chosen, layer, actions }: Props) {
  const picker = useRef<HTMLInputElement>(null);
  return (
    <section class={styles['gallery']} aria-label="Styles">
      <div class={styles['adding']}>
        <button
          type="button"
          class={styles['add']}
          disabled={!layer}
          title="Use the selected layer as a style"
          onClick={() => layer && void actions.addLayer(layer, layer.name)}
        >
          <IconFrame16 />
          <span>From layer</span>
        </button>
        <button type="button" class={styles['add']} onClick={() => picker.current?.click()}>
          <span class={styles['plus']}>
            <IconPlus24 />
          </span>
          <span>From file</span>
        </button>
      </div>
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
      <div class={styles['tiles']} role="radiogroup" aria-label="Styles to choose from">
        {recent.map((style) => (
          <StyleTile key={style.id} style={style} isChosen={style.id === chosen} actions={actions} />
        ))}
        {starters.map((style) => (
          <StyleTile
            key={style.id}
            style={style}
            sketch={sketches[style.id]}
            isStarter
            isChosen={style.id === chosen}
            actions={actions}
          />
        ))}
      </div>
    </section>
  );
}
