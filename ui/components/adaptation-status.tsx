import { Button } from '@create-figma-plugin/ui';
import { withHint } from '../../models/errors.ts';
import type { Actions } from '../app/actions.ts';
import type { Adaptation } from '../app/state.ts';
import styles from './adaptation-status.module.css';
import { Gain } from './gain.tsx';
import { ProgressBar } from './progress-bar.tsx';

interface Props {
  readonly adaptation: Adaptation;
  readonly actions: Actions;
}

/** The renderer's stages. */
const STAGES: Readonly<Record<string, string>> = {
  sample: 'Looking at the strokes',
  train: 'Learning to draw them',
  classify: 'Checking',
};

/** How the adaptation stands, and what it gained. */
export function AdaptationStatus({ adaptation, actions }: Props) {
  const { state, name, share, stage, heldOut, detail, problem, styleId } = adaptation;
  switch (state) {
    case 'running':
      return (
        <div class={styles['status']}>
          <div class={styles['row']}>
            <span role="status">{`${name}: ${STAGES[stage ?? ''] ?? (share > 0 ? 'Finishing' : 'Waiting')}`}</span>
            <span>{`${Math.round(share * 100)} %`}</span>
          </div>
          <ProgressBar share={share} label={`Adapting ${name}`} />
          <Button secondary onClick={actions.adapting.cancel}>
            Cancel
          </Button>
        </div>
      );
    case 'done':
      return (
        <div class={styles['status']}>
          <strong role="status">{`${name} is ready and chosen.`}</strong>
          {heldOut && <Gain measures={heldOut} detail={detail} />}
          {styleId && (
            <Button secondary onClick={() => void actions.styles.download(styleId)}>
              Save the style file
            </Button>
          )}
        </div>
      );
    case 'failed':
      return (
        <p class={styles['problem']} role="alert">
          {problem && withHint(problem)}
        </p>
      );
    case 'cancelled':
      return <p role="status">{`The adaptation of ${name} was cancelled.`}</p>;
    default:
      state satisfies never;
      return null;
  }
}
