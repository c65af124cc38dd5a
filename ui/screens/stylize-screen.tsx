import { Button } from '@create-figma-plugin/ui';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { describeOutput } from '../app/describe-output.ts';
import { portraitKey } from '../app/previewing.ts';
import { chosenStyle, isEnded, portraitsOf, type State, shownPortrait, sittersOf } from '../app/state.ts';
import { Footer } from '../components/footer.tsx';
import { ItemList } from '../components/item-list.tsx';
import { LookControls } from '../components/look-controls.tsx';
import { PreviewCaption } from '../components/preview-caption.tsx';
import { PreviewPane } from '../components/preview-pane.tsx';
import { StyleGallery } from '../components/style-gallery.tsx';
import { VideoFiles } from '../components/video-files.tsx';
import { Warnings } from '../components/warnings.tsx';
import styles from './screen.module.css';
import type { ScreenProps } from './screen-props.ts';

/** Pick a style, see it, apply it to one portrait or to all of a selection. */
export function StylizeScreen({ state, actions, isBack }: ScreenProps) {
  const { settings, preview } = state;
  const isBusy = state.items.some((item) => !isEnded(item));
  const count = portraitsOf(state).length;
  const shown = shownPortrait(state);
  const style = chosenStyle(state);
  const canCorrect = style && !isBusy && !state.isAdding;
  const scrolled = useRef<HTMLDivElement>(null);
  const key = shown && portraitKey(shown);
  // Another portrait is looked at first, wherever the user had scrolled to.
  useLayoutEffect(() => {
    if (key !== undefined) scrolled.current?.scrollTo({ top: 0 });
  }, [key]);
  return (
    <>
      <div ref={scrolled} class={styles['scroll']}>
        <PreviewPane state={state} />
        <PreviewCaption state={state} actions={actions} />
        <StyleGallery
          recent={state.styles}
          starters={state.starters}
          sketches={state.sketches}
          chosen={state.styleId}
          layer={shown}
          actions={actions.styles}
        />
        <Warnings texts={[...(preview.shown?.warnings ?? []), ...skippedTexts(state)]} />
        <LookControls
          look={settings.look}
          sitters={sittersOf(state)}
          onChange={actions.changeLook}
          isBack={isBack}
          onCorrect={canCorrect ? () => void actions.correcting.start(style.id) : undefined}
        />
        <ItemList items={state.items.filter(({ kind }) => kind === 'render')} actions={actions} />
        <VideoFiles state={state} actions={actions} />
      </div>
      <Footer hint={!isBusy && describeOutput(state, portraitsOf(state), settings.look.scale)}>
        <Button
          fullWidth
          disabled={count === 0 || !style || isBusy || state.isAdding}
          loading={isBusy || state.isAdding}
          onClick={actions.apply}
        >
          {count > 1 ? `Stylize ${count} pictures` : 'Stylize'}
        </Button>
      </Footer>
    </>
  );
}

function skippedTexts({ selection: { skipped, portraits } }: State): string[] {
  if (portraits.length === 0) return [];
  return skipped.map(({ name, reason }) => `${name} is left out: ${reason}`);
}
