import { Button } from '@create-figma-plugin/ui';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { withHint } from '../../models/errors.ts';
import type { Actions } from '../app/actions.ts';
import { chosenStyle, type State, type VideoWork } from '../app/state.ts';
import { ProgressBar } from './progress-bar.tsx';
import styles from './video-files.module.css';

interface Props {
  readonly state: State;
  readonly actions: Actions;
}

const FILES = 'video/mp4,video/webm,video/quicktime,.mov';

/** Video files are painted by the renderer: the button that picks one, and how it stands, which comes into view. */
export function VideoFiles({ state, actions }: Props) {
  const picker = useRef<HTMLInputElement>(null);
  const { video, renderer } = state;
  const isRunning = video?.state === 'running';
  const isOnline = renderer.kind === 'online';
  const section = useRef<HTMLElement>(null);
  const news = video && `${video.id} ${video.state}`;
  useLayoutEffect(() => {
    if (news) section.current?.scrollIntoView({ block: 'nearest' });
  }, [news]);
  return (
    <section ref={section} class={styles['videos']} aria-label="Video">
      {isRunning ? (
        <Running video={video} onCancel={actions.videos.cancel} />
      ) : (
        <Button
          secondary
          fullWidth
          disabled={!isOnline || !chosenStyle(state) || state.isAdding}
          onClick={() => picker.current?.click()}
        >
          Stylize a video file…
        </Button>
      )}
      {!isOnline && (
        <p class={styles['text']}>
          Videos need a renderer of your team: Figma shows plugins no video’s bytes, and gives this window no
          decoder.
        </p>
      )}
      {video && <Ended video={video} actions={actions} />}
      <input
        ref={picker}
        class="visually-hidden"
        type="file"
        accept={FILES}
        tabIndex={-1}
        aria-hidden="true"
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? [];
          if (file) void actions.videos.start(file);
          currentTarget.value = '';
        }}
      />
    </section>
  );
}

function Running({ video, onCancel }: { readonly video: VideoWork; readonly onCancel: () => void }) {
  return (
    <>
      <div class={styles['row']}>
        <span role="status">{`Painting ${video.name}`}</span>
        <span>{`${Math.round(video.share * 100)} %`}</span>
      </div>
      <ProgressBar key={video.id} share={video.share} label={`Painting ${video.name}`} />
      <Button secondary onClick={onCancel}>
        Cancel
      </Button>
    </>
  );
}

function Ended({ video, actions }: { readonly video: VideoWork; readonly actions: Actions }) {
  const { state, name, problem, nodeId, note } = video;
  switch (state) {
    case 'running':
      return null;
    case 'done':
      return (
        <>
          <p class={styles['text']} role="status">
            {`${name} is painted.`} {note}
          </p>
          {nodeId && (
            <Button secondary onClick={() => actions.show(nodeId)}>
              Show the layer
            </Button>
          )}
        </>
      );
    case 'failed':
      return (
        <p class={styles['problem']} role="alert">
          {problem && withHint(problem)}
        </p>
      );
    case 'cancelled':
      return <p role="status">{`${name} was cancelled.`}</p>;
    default:
      state satisfies never;
      return null;
  }
}
