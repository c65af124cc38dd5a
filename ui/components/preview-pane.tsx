import {
  IconImage16,
  IconPerson16,
  IconStar16,
  IconWarning16,
  LoadingIndicator,
} from '@create-figma-plugin/ui';
import { withHint } from '../../models/errors.ts';
import { chosenStyle, type Problem, type State, shownPortrait } from '../app/state.ts';
import { Compare } from './compare.tsx';
import { EmptyState } from './empty-state.tsx';
import styles from './preview-pane.module.css';

/** The preview, or why there is none. */
export function PreviewPane({ state }: { readonly state: State }) {
  const { shown, isWorking } = state.preview;
  return (
    <section class={styles['pane']} aria-label="Preview" aria-busy={isWorking}>
      {shown && shownPortrait(state) ? (
        <Compare before={shown.before} after={shown.after} />
      ) : (
        <Instead state={state} />
      )}
      {shown && isWorking && <span class={styles['working']} aria-hidden="true" />}
    </section>
  );
}

function Instead({ state }: { readonly state: State }) {
  const { isStarted, selection, preview, notice } = state;
  if (!isStarted) return <Busy text="Starting…" />;
  if (selection.layers === 0)
    return (
      <EmptyState icon={<IconPerson16 />} title="Select a portrait">
        Choose a layer with a picture of a person, or a frame of avatars.
      </EmptyState>
    );
  if (!shownPortrait(state))
    return (
      <EmptyState icon={<IconImage16 />} title="No picture in the selection">
        {selection.skipped[0]?.reason ?? 'Choose a layer that is filled with a picture.'}
      </EmptyState>
    );
  if (state.isAdding) return <Busy text="Reading the style…" />;
  if (!chosenStyle(state))
    return (
      <EmptyState icon={<IconStar16 />} title="Choose a style">
        Select a layer with a painting, drawing or bust that shows a face, and press “From layer”. Or drop a
        file in this window.
      </EmptyState>
    );
  // One thing that is wrong is said at a time, the user's last act first.
  if (preview.problem && notice) return <EmptyState icon={<IconWarning16 />} title="No preview" />;
  if (preview.problem) return <Trouble problem={preview.problem} />;
  if (preview.loading !== null)
    return <Busy text={`Getting ready, ${Math.round(preview.loading * 100)} %`} />;
  if (state.tier === 'none' && !preview.isWorking)
    return (
      <EmptyState icon={<IconWarning16 />} title="No preview here" isProblem>
        Previews cannot be made on this computer. Stylize without one, or through your team’s renderer.
      </EmptyState>
    );
  return <Busy text="Painting…" />;
}

const TITLES: Readonly<Record<string, string>> = {
  NO_FACE: 'No face in this portrait',
  NO_FACE_IN_STYLE: 'No face in this style',
  CORRUPT_PICTURE: 'The picture cannot be read',
  RENDERER_UNREACHABLE: 'The renderer is offline',
  BLOCKED_BY_FIGMA: 'Figma blocks the renderer',
  BLOCKED_BY_BROWSER: 'The browser blocks the renderer',
};

function Trouble({ problem }: { readonly problem: Problem }) {
  return (
    <EmptyState icon={<IconWarning16 />} title={TITLES[problem.code] ?? 'The preview did not work'} isProblem>
      {withHint(problem)}
    </EmptyState>
  );
}

function Busy({ text }: { readonly text: string }) {
  return <EmptyState icon={<LoadingIndicator />} title={text} />;
}
