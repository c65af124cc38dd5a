import { Button, IconStar16 } from '@create-figma-plugin/ui';
import { useState } from 'preact/hooks';
import type { Portrait } from '../../protocol/portrait.ts';
import { shownPortrait } from '../app/state.ts';
import { AdaptationStatus } from '../components/adaptation-status.tsx';
import { EmptyState } from '../components/empty-state.tsx';
import { Footer } from '../components/footer.tsx';
import { TextField } from '../components/text-field.tsx';
import styles from './screen.module.css';
import type { ScreenProps } from './screen-props.ts';

/** Seconds of fine-tuning. */
const BUDGET = 60;

/** Turns the selected reference layer into a style: at once as it is, or adapted on the renderer. */
export function NewStyleScreen({ state, actions }: ScreenProps) {
  const reference = shownPortrait(state);
  if (!reference && !state.adaptation)
    return (
      <EmptyState icon={<IconStar16 />} title="Select a reference">
        Choose a layer with a painting, drawing or bust that shows a face, or drop a file here.
      </EmptyState>
    );
  return <Form key={reference?.nodeId} reference={reference} state={state} actions={actions} />;
}

function Form({ reference, state, actions }: ScreenProps & { readonly reference: Portrait | undefined }) {
  const [name, setName] = useState(reference?.name ?? '');
  const isOnline = state.renderer.kind === 'online';
  const isRunning = state.adaptation?.state === 'running';
  const isReady = reference !== undefined && name.trim() !== '' && !isRunning;
  return (
    <>
      <div class={styles['scroll']}>
        <div class={styles['section']}>
          <TextField id="style-name" label="Name" value={name} placeholder="Style name" onInput={setName} />
          <p class={styles['text']}>
            {reference ? `From the layer ${reference.name}.` : 'Select a layer with the reference.'}
          </p>
        </div>
        <div class={styles['section']}>
          <h2 class={styles['title']}>Adapt (needs a renderer)</h2>
          <p class={styles['text']}>
            Your team’s renderer learns the grain of this one reference for large results, and keeps what it
            learnt where that measures better. The gain is small, and takes about a minute. The style can be
            shared as a file.
          </p>
          {!isOnline && <p class={styles['text']}>For teams: set up a renderer in the settings.</p>}
          {isOnline && !isRunning && (
            <Button
              secondary
              fullWidth
              disabled={!isReady}
              onClick={() => {
                if (reference) void actions.adaptLayer(reference, name.trim(), BUDGET);
              }}
            >
              Adapt style
            </Button>
          )}
          {state.adaptation && <AdaptationStatus adaptation={state.adaptation} actions={actions} />}
        </div>
      </div>
      <Footer>
        <Button
          fullWidth
          disabled={!isReady || state.isAdding}
          loading={state.isAdding}
          onClick={() => {
            if (reference) void actions.styles.addLayer(reference, name.trim());
          }}
        >
          Save style
        </Button>
      </Footer>
    </>
  );
}
