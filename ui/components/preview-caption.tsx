import { IconButton, IconChevronRight16 } from '@create-figma-plugin/ui';
import type { Actions } from '../app/actions.ts';
import { portraitsOf, type State, shownPortrait, type Tier } from '../app/state.ts';
import styles from './preview-caption.module.css';

const TIERS: Record<Exclude<Tier, null>, { readonly label: string; readonly title: string }> = {
  webgpu: { label: 'Live · WebGPU', title: 'Previews run on the graphics card.' },
  wasm: { label: 'Live · WASM', title: 'Previews run on the processor, inside Figma.' },
  cpu: { label: 'Live · CPU', title: 'Previews run on the processor.' },
  cuda: { label: 'Live · CUDA', title: 'Previews run on the graphics card.' },
  renderer: { label: 'By renderer', title: 'Previews come from the paired renderer.' },
  none: { label: 'No preview', title: 'Nothing here can run the networks.' },
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
        <span class={styles['tier']} title={TIERS[tier].title}>
          {TIERS[tier].label}
        </span>
      )}
    </div>
  );
}
