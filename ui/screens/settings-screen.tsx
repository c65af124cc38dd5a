import { Toggle } from '@create-figma-plugin/ui';
import { PairingForm } from '../components/pairing-form.tsx';
import styles from './screen.module.css';
import type { ScreenProps } from './screen-props.ts';

export function SettingsScreen({ state, actions }: ScreenProps) {
  const { settings, renderer } = state;
  const change = actions.pairing.change;
  return (
    <div class={styles['scroll']}>
      <section class={styles['section']} aria-label="Renderer">
        <h2 class={styles['title']}>Renderer</h2>
        <p class={styles['text']}>
          Full-size renders and adaptation run on a renderer of your own: start it with{' '}
          <code>limner serve</code>. Previews never leave this window.
        </p>
        <PairingForm
          key={settings.renderer?.url}
          paired={settings.renderer}
          renderer={renderer}
          actions={actions.pairing}
        />
      </section>
      <section class={styles['section']} aria-label="Results">
        <h2 class={styles['title']}>Results</h2>
        <Toggle value={settings.replace} onValueChange={(replace: boolean) => void change({ replace })}>
          Replace the original picture instead of adding a layer
        </Toggle>
      </section>
      <section class={styles['section']} aria-label="Previews">
        <h2 class={styles['title']}>Previews</h2>
        <Toggle
          value={settings.hostedWindow}
          onValueChange={(hostedWindow: boolean) => void change({ hostedWindow })}
        >
          Use the graphics card
        </Toggle>
        <p class={styles['text']}>
          Opens this window from the renderer the next time, because Figma’s own windows have no WebGPU.
        </p>
      </section>
    </div>
  );
}
