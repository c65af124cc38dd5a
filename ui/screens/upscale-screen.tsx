import { Button, IconImage16, SegmentedControl } from '@create-figma-plugin/ui';
import { useState } from 'preact/hooks';
import { MOST_PIXELS } from '../app/output-size.ts';
import { isEnded } from '../app/state.ts';
import { EmptyState } from '../components/empty-state.tsx';
import { Footer } from '../components/footer.tsx';
import { ItemList } from '../components/item-list.tsx';
import styles from './screen.module.css';
import type { ScreenProps } from './screen-props.ts';

type Factor = '2' | '4';
const FACTORS: { value: Factor; children: string }[] = [
  { value: '2', children: '2×' },
  { value: '4', children: '4×' },
];

const TOO_LARGE = 'That is more than can be made here, 16 megapixels. Choose 2× or smaller pictures.';

/** Enlarges pictures of anything by the network alone. */
export function UpscaleScreen({ state, actions }: ScreenProps) {
  const [factor, setFactor] = useState<Factor>('4');
  const { portraits } = state.selection;
  const isBusy = state.items.some((item) => !isEnded(item));
  const isOnline = state.renderer.kind === 'online';
  const most = MOST_PIXELS[isOnline ? 'renderer' : 'here'];
  const isTooLarge = portraits.some(
    ({ pictureWidth, pictureHeight }) => pictureWidth * pictureHeight * Number(factor) ** 2 > most,
  );
  return (
    <>
      <div class={styles['scroll']}>
        <div class={styles['section']}>
          <h2 class={styles['title']}>Upscale by</h2>
          <SegmentedControl
            name="Upscale by"
            value={factor}
            options={FACTORS}
            onValueChange={(value: string) => setFactor(value as Factor)}
          />
          <p class={styles['text']}>
            More pixels, with sharp strokes and edges. Layers keep their size on the canvas.
          </p>
        </div>
        {portraits.length === 0 ? (
          <EmptyState icon={<IconImage16 />} title="Select a picture">
            Choose one or more layers that are filled with a picture.
          </EmptyState>
        ) : (
          <ul class={styles['section']}>
            {portraits.map(({ nodeId, fill, name, pictureWidth: width, pictureHeight: height }) => (
              <li key={`${nodeId}/${fill}`} class={styles['row']}>
                <span>{name}</span>
                <span class={styles['text']}>
                  {`${width} × ${height} → ${width * Number(factor)} × ${height * Number(factor)} px`}
                </span>
              </li>
            ))}
          </ul>
        )}
        <ItemList items={state.items.filter(({ kind }) => kind === 'upscale')} actions={actions} />
      </div>
      <Footer hint={isTooLarge ? TOO_LARGE : isOnline ? 'by your renderer' : 'in this window'}>
        <Button
          fullWidth
          disabled={portraits.length === 0 || isBusy || isTooLarge}
          loading={isBusy}
          onClick={() => actions.upscale(factor === '2' ? 2 : 4)}
        >
          {portraits.length > 1 ? `Upscale ${portraits.length} pictures` : 'Upscale'}
        </Button>
      </Footer>
    </>
  );
}
