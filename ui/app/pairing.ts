/** The paired renderer: address and token, and whether it answers. */

import type { Settings } from '../../protocol/plugin-data.ts';
import { createRendererClient } from '../../protocol/renderer-api/client/index.ts';
import { guardedFetch } from '../renderer/guarded-fetch.ts';
import type { Context } from './context.ts';
import { problemOf } from './problem-of.ts';
import type { RendererState } from './state.ts';

export interface Pairing {
  /** Tests the connection and, when it works, keeps it. */
  connect(url: string, token: string): Promise<void>;
  disconnect(): Promise<void>;
  /** Whether the paired renderer answers. */
  check(): Promise<void>;
  change(settings: Partial<Settings>): Promise<void>;
}

/** The renderer's own sentence is for those who write requests. */
const WRONG_TOKEN = {
  message: 'The renderer does not accept this token.',
  hint: 'Copy it again, or ask whoever set the renderer up for a new one.',
};

/** Statuses by which a renderer says that the token is wrong. */
const REFUSALS: readonly (number | undefined)[] = [401, 403];

export function createPairing({ store, plugin }: Context): Pairing {
  async function change(settings: Partial<Settings>): Promise<void> {
    store.dispatch({ type: 'settings', settings: { ...store.state.settings, ...settings } });
    await plugin.call('save-settings', { settings: store.state.settings });
  }

  async function test(url: string, token: string): Promise<RendererState> {
    store.dispatch({ type: 'renderer', renderer: { kind: 'checking' } });
    const renderer = await askStatus(url, token);
    store.dispatch({ type: 'renderer', renderer });
    return renderer;
  }

  return {
    change,
    async connect(url, token) {
      const origin = originOf(url);
      const { kind } = await test(origin, token.trim());
      if (kind === 'online') await change({ renderer: { url: origin, token: token.trim() } });
    },
    async disconnect() {
      store.dispatch({ type: 'renderer', renderer: { kind: 'none' } });
      await change({ renderer: null });
    },
    async check() {
      const { renderer } = store.state.settings;
      if (renderer) await test(renderer.url, renderer.token);
    },
  };
}

async function askStatus(baseUrl: string, token: string): Promise<RendererState> {
  try {
    const { version, workers } = await createRendererClient({
      baseUrl,
      token,
      deadline: 10_000,
      fetch: guardedFetch,
    }).status();
    return { kind: 'online', version, devices: [...new Set(workers.map(({ device }) => device))] };
  } catch (error) {
    const problem = problemOf(error);
    const isRefused = REFUSALS.includes((error as { status?: number }).status);
    return isRefused
      ? { kind: 'refused', problem: { ...problem, ...WRONG_TOKEN } }
      : { kind: 'offline', problem };
  }
}

/**
 * What was typed as an origin; the client says what is wrong with anything else. This computer is called localhost, because
 * Figma takes no numeric addresses.
 */
function originOf(typed: string): string {
  const url = typed.trim();
  const origin = URL.parse(/^https?:\/\//.test(url) ? url : `http://${url}`)?.origin ?? url;
  return origin.replace(/\/\/(127\.0\.0\.1|\[::1\])(?=:|$)/, '//localhost');
}
