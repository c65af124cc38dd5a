import type { Adaptation } from '../app/state.ts';
import styles from './gain.module.css';
import { PictureCanvas } from './picture-canvas.tsx';

/** What adaptation gained: a detail of the reference enlarged by this window's small network and by the style's, and one sentence. */
export function Gain({
  measures,
  detail,
}: Pick<Adaptation, 'detail'> & { readonly measures: Readonly<Record<string, number>> }) {
  return (
    <>
      {detail && (
        <div class={styles['pair']}>
          <figure class={styles['figure']}>
            <PictureCanvas class={styles['picture']} picture={detail.before} label="A detail before" />
            <figcaption>This window’s network</figcaption>
          </figure>
          <figure class={styles['figure']}>
            <PictureCanvas class={styles['picture']} picture={detail.after} label="The same detail after" />
            <figcaption>The style’s network</figcaption>
          </figure>
        </div>
      )}
      <p class={styles['sentence']}>{sentenceOf(measures)}</p>
    </>
  );
}

/** Measured on a part of the reference that was held out. */
function sentenceOf({ textureBase = 0, textureAdapted = 0 }: Readonly<Record<string, number>>): string {
  const nearer = textureBase > 0 ? Math.round((1 - textureAdapted / textureBase) * 100) : 0;
  return nearer > 0
    ? `Enlarged strokes come ${nearer} % nearer to the reference than without it.`
    : 'This reference gained nothing: full renders use the network that ships.';
}
