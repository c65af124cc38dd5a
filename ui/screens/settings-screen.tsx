import { SegmentedControl, Toggle } from '@create-figma-plugin/ui';
import type { Original } from '../../protocol/plugin-data.ts';
import type { State } from '../app/state.ts';
import { PairingForm } from '../components/pairing-form.tsx';
import styles from './screen.module.css';
import type { ScreenProps } from './screen-props.ts';

const ORIGINALS: { value: Original; children: string }[] = [
  { value: 'keep', children: 'Keep it' },
  { value: 'hide', children: 'Hide it' },
  { value: 'replace', children: 'Replace its picture' },
];

const WHAT_HAPPENS: Record<Original, string> = {
  keep: 'The result is a new layer beside it, or above it inside of a frame. Under a cut-out it is hidden, or it would show through.',
  hide: 'Show it again to turn the result off. In auto layout the result takes its place.',
  replace: 'No layer is added. Undo brings the picture back.',
};

export function SettingsScreen({ state, actions }: ScreenProps) {
  const { settings, renderer } = state;
  const change = actions.pairing.change;
  return (
    <div class={styles['scroll']}>
      <section class={styles['section']} aria-label="Originals">
        <h2 class={styles['title']}>What becomes of the original layer</h2>
        <SegmentedControl
          name="Original"
          value={settings.original}
          options={ORIGINALS}
          onValueChange={(original: string) => void change({ original: original as Original })}
        />
        <p class={styles['text']}>{WHAT_HAPPENS[settings.original]}</p>
      </section>
      <section class={styles['section']} aria-label="Where pictures go">
        <h2 class={styles['title']}>Where your pictures go</h2>
        <p class={styles['text']}>{whereTo(state)}</p>
      </section>
      <section class={styles['section']} aria-label="Renderer">
        <details open={settings.renderer !== null || renderer.kind !== 'none'}>
          <summary class={styles['summary']}>For teams: set up a renderer</summary>
          <div class={styles['folded']}>
            <p class={styles['text']}>
              A computer of your team’s that makes large results faster and learns styles. Whoever set it up
              gives you its address and a token.
            </p>
            <PairingForm
              key={settings.renderer?.url}
              paired={settings.renderer}
              renderer={renderer}
              actions={actions.pairing}
            />
            {settings.renderer && (
              <>
                <Toggle
                  value={settings.hostedWindow}
                  onValueChange={(hostedWindow: boolean) => void change({ hostedWindow })}
                >
                  Use the graphics card for previews
                </Toggle>
                <p class={styles['text']}>
                  From the next start on, this window is then loaded from the renderer. Previews are still
                  made in the window.
                </p>
              </>
            )}
          </div>
        </details>
      </section>
    </div>
  );
}

function whereTo({ settings, tier }: State): string {
  const { renderer } = settings;
  if (!renderer) return 'Nowhere: everything is made in this window, and nothing leaves it.';
  const previews =
    tier === 'none'
      ? 'Previews are made there, too, from a small copy.'
      : 'Previews are made in this window; for them nothing is sent.';
  return `Stylize, Upscale and Adapt send the picture and the style to ${renderer.url}, which your team runs. While it does not answer they work in this window. ${previews}`;
}
