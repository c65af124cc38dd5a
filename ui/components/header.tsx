import { IconAdjust16 } from '@create-figma-plugin/ui';
import type { RendererState, Screen } from '../app/state.ts';
import styles from './header.module.css';

interface Props {
  readonly screen: Screen;
  readonly renderer: RendererState;
  readonly onOpen: (screen: Screen) => void;
}

const TABS: readonly { readonly screen: Screen; readonly label: string }[] = [
  { screen: 'stylize', label: 'Stylize' },
  { screen: 'new-style', label: 'New style' },
  { screen: 'upscale', label: 'Upscale' },
];

const RENDERER: Record<RendererState['kind'], string> = {
  none: 'no renderer',
  checking: 'asking the renderer',
  online: 'renderer online',
  offline: 'renderer offline',
  refused: 'renderer refused the token',
};

/** The way between screens, and how the renderer is. */
export function Header({ screen, renderer, onOpen }: Props) {
  const current = (one: Screen) => (one === screen ? 'page' : undefined);
  return (
    <nav class={styles['header']} aria-label="Limner">
      {TABS.map((tab) => (
        <button
          key={tab.screen}
          type="button"
          class={styles['tab']}
          aria-current={current(tab.screen)}
          onClick={() => onOpen(tab.screen)}
        >
          {tab.label}
        </button>
      ))}
      <span class={styles['space']} />
      <button
        type="button"
        class={styles['settings']}
        aria-current={current('settings')}
        aria-label={`Settings, ${RENDERER[renderer.kind]}`}
        title={`Settings · ${RENDERER[renderer.kind]}`}
        onClick={() => onOpen('settings')}
      >
        <IconAdjust16 />
        <span class={styles['dot']} data-renderer={renderer.kind} />
      </button>
    </nav>
  );
}
