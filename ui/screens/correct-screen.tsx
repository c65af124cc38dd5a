import { Button } from '@create-figma-plugin/ui';
import type { Actions } from '../app/actions.ts';
import { type Correcting, isMoved, type State } from '../app/state.ts';
import { FaceHandles } from '../components/face-handles.tsx';
import { Footer } from '../components/footer.tsx';
import { PreviewPane } from '../components/preview-pane.tsx';
import { SitterChoice } from '../components/sitter-choice.tsx';
import styles from './correct-screen.module.css';

interface Props {
  readonly state: State;
  readonly correcting: Correcting;
  readonly actions: Actions['correcting'];
}

/** Handles on the face of a style's reference, and what portraits become with them. */
export function CorrectScreen({ state, correcting, actions }: Props) {
  const { now, earlier } = correcting;
  const { face, corrections } = now;
  const isAsFound = JSON.stringify(corrections) === JSON.stringify(face.found);
  return (
    <>
      <section
        class={styles['face']}
        aria-label="The style’s face"
        onKeyDown={(event) => {
          if (event.key === 'z' && (event.ctrlKey || event.metaKey)) actions.undo();
        }}
      >
        <SitterChoice
          faces={face.faces}
          chosen={face.number}
          onChoose={(number) => void actions.choose(number)}
        />
        <div class={styles['frame']}>
          <FaceHandles face={face} corrections={corrections} onChange={actions.change} />
        </div>
        <div class={styles['row']}>
          <p class={styles['hint']}>
            Drag the handles to where eyes, mouth and jaw are.
            {replacesAnother(correcting) && ' Saved, they replace those of the sitter corrected before.'}
          </p>
          <Link isOff={earlier.length === 0} onClick={actions.undo}>
            Undo
          </Link>
          <Link
            isOff={isAsFound}
            title="As Limner finds the face by itself"
            onClick={() => actions.change(face.found)}
          >
            Reset
          </Link>
        </div>
      </section>
      <div class={styles['preview']}>
        <PreviewPane state={state} />
      </div>
      <Footer>
        <div class={styles['buttons']}>
          <Button secondary fullWidth onClick={actions.cancel}>
            Cancel
          </Button>
          <Button
            fullWidth
            loading={state.isAdding}
            disabled={state.isAdding || earlier.length === 0}
            onClick={() => void actions.keep()}
          >
            Save style
          </Button>
        </div>
      </Footer>
    </>
  );
}

/** Whether saving loses what was corrected of another face: a style has the handles of one. */
const replacesAnother = ({ now, earlier }: Correcting): boolean =>
  now.face.replacesAnother || earlier.some((one) => one.face.number !== now.face.number && isMoved(one));

interface LinkProps {
  readonly isOff: boolean;
  readonly title?: string;
  readonly children: string;
  readonly onClick: () => void;
}

/** A button that keeps the focus when there is nothing left for it to do. */
const Link = ({ isOff, onClick, ...others }: LinkProps) => (
  <button
    type="button"
    class={styles['link']}
    aria-disabled={isOff}
    onClick={isOff ? undefined : onClick}
    {...others}
  />
);
