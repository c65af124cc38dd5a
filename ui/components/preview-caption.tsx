import { IconButton, IconChevronRight16 } from '@create-figma-plugin/ui';
import type { Actions } from '../app/actions.ts';
import { portraitsOf, type State, shownPortrait, type Tier } from '../app/state.ts';
import styles from './preview-caption.module.css';

const IN_WINDOW = 'Made in this window: for the preview nothing leaves it.';

const TIERS: Record<Exclude<Tier, null>, { readonly label: string; readonly title: string }> = {
  webgpu: { label: 'Live preview', title: `${IN_WINDOW} It uses the graphics card.` },
  cuda: { label: 'Live preview', title: `${IN_WINDOW} It uses the graphics card.` },
  wasm: { label: 'Live preview', title: IN_WINDOW },
  cpu: { label: 'Live preview', title: IN_WINDOW },
  renderer: {
    label: 'Preview by renderer',
    title: 'Made by your team’s renderer: a small copy of the portrait and the style are sent there.',
  },
  none: { label: 'No preview', title: 'This computer cannot make previews in Figma.' },
};

interface Props {
  readonly state: State;
  readonly actions: Actions;
}

/** Which portrait is shown, and what paints it. */
export function PreviewCaption({ state, actions }: Props) {
  const portrait = shownPortrait(state);
  if (!portrait) return <div class={styles['caption']} />;
  const { length } = portraitsOf(state);
  const step = (by: number) => actions.showPortrait((state.shownIndex + by + length) % length);
  const tier = state.tier === 'none' && state.renderer.kind === 'online' ? 'renderer' : state.tier;
  return (
    <div class={styles['caption']}>
      {length > 1 && (
        <span class={styles['steps']}>
          <IconButton aria-label="Previous portrait" onClick={() => step(-1)}>
            <span class={styles['back']}>
              <IconChevronRight16 />
            </span>
          </IconButton>
          <IconButton aria-label="Next portrait" onClick={() => step(1)}>
            <IconChevronRight16 />
          </IconButton>
        </span>
      )}
      <span class={styles['name']} title={portrait.name}>
        {portrait.name}
        {length > 1 && <span class={styles['muted']}>{` · ${state.shownIndex + 1} of ${length}`}</span>}
      </span>
      {tier && (
        <span class={styles['tier']} data-tier={tier} title={TIERS[tier].title}>
          {TIERS[tier].label}
        </span>
      )}
    </div>
  );
}
