import { Button } from '@create-figma-plugin/ui';
import { useState } from 'preact/hooks';
import { withHint } from '../../models/errors.ts';
import type { Settings } from '../../protocol/plugin-data.ts';
import type { Pairing } from '../app/pairing.ts';
import type { RendererState } from '../app/state.ts';
import styles from './pairing-form.module.css';
import { TextField } from './text-field.tsx';

interface Props {
  readonly paired: Settings['renderer'];
  readonly renderer: RendererState;
  readonly actions: Pairing;
}

const DEFAULT_URL = 'http://localhost:8017';

/** Address and token of the renderer, and whether they work. */
export function PairingForm({ paired, renderer, actions }: Props) {
  const [url, setUrl] = useState(paired?.url ?? DEFAULT_URL);
  const [token, setToken] = useState(paired?.token ?? '');
  return (
    <form
      class={styles['form']}
      onSubmit={(event) => {
        event.preventDefault();
        void actions.connect(url, token);
      }}
    >
      <TextField id="renderer-url" label="Address" value={url} placeholder={DEFAULT_URL} onInput={setUrl} />
      <TextField
        id="renderer-token"
        label="Token"
        value={token}
        placeholder="From whoever set it up"
        isSecret
        onInput={setToken}
      />
      <Answer renderer={renderer} />
      <div class={styles['buttons']}>
        <Button type="submit" disabled={token.trim() === ''} loading={renderer.kind === 'checking'}>
          {paired ? 'Test connection' : 'Connect'}
        </Button>
        {paired && (
          <Button type="button" secondary onClick={() => void actions.disconnect()}>
            Disconnect
          </Button>
        )}
      </div>
    </form>
  );
}

function Answer({ renderer }: { readonly renderer: RendererState }) {
  switch (renderer.kind) {
    case 'none':
      return null;
    case 'checking':
      return <p class={styles['answer']}>Asking…</p>;
    case 'online':
      return (
        <p class={styles['good']} role="status">
          {`Connected: Limner ${renderer.version}${renderer.devices.length > 0 ? ` on ${renderer.devices.join(', ')}` : ''}.`}
        </p>
      );
    case 'offline':
    case 'refused':
      return (
        <p class={styles['bad']} role="alert">
          {withHint(renderer.problem)}
        </p>
      );
    default:
      renderer satisfies never;
      return null;
  }
}
