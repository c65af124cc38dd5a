import { useEffect, useRef } from 'preact/hooks';
import { DropZone } from '../components/drop-zone.tsx';
import { Header } from '../components/header.tsx';
import { Notice } from '../components/notice.tsx';
import { ResizeHandle } from '../components/resize-handle.tsx';
import styles from './app.module.css';
import { CorrectScreen } from './correct-screen.tsx';
import { NewStyleScreen } from './new-style-screen.tsx';
import type { ScreenProps } from './screen-props.ts';
import { SettingsScreen } from './settings-screen.tsx';
import { StylizeScreen } from './stylize-screen.tsx';
import { UpscaleScreen } from './upscale-screen.tsx';

const SCREENS = {
  stylize: StylizeScreen,
  'new-style': NewStyleScreen,
  upscale: UpscaleScreen,
  settings: SettingsScreen,
} as const;

export function App({ state, actions }: ScreenProps) {
  const { correcting } = state;
  const Screen = SCREENS[state.screen];
  const hasCorrected = useRef(false);
  useEffect(() => {
    hasCorrected.current = correcting !== null;
  }, [correcting]);
  return (
    <>
      <Header screen={state.screen} renderer={state.renderer} onOpen={actions.open} />
      <Notice
        problem={state.notice}
        onDismiss={actions.dismissNotice}
        onTexture={() => void actions.styles.keepTexture()}
      />
      <main class={styles['main']}>
        {correcting ? (
          <CorrectScreen
            key={correcting.styleId}
            state={state}
            correcting={correcting}
            actions={actions.correcting}
          />
        ) : (
          <Screen state={state} actions={actions} isBack={hasCorrected.current} />
        )}
      </main>
      <DropZone onFiles={actions.addFiles} />
      <ResizeHandle onResize={actions.resize} />
    </>
  );
}
