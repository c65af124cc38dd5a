/** The page around the window in tests: it answers the window as the plugin would, and keeps what it was told. */
import { openChannel } from '../../../protocol/channel.ts';
import { ChannelError } from '../../../protocol/envelope.ts';
import type { PendingJob, RecentStyle, Settings } from '../../../protocol/plugin-data.ts';
import {
  type Launch,
  PLUGIN_CALLS,
  type Result,
  type Selection,
  WINDOW_CALLS,
} from '../../../protocol/plugin-messages.ts';
import { type NestedWindow, nestWindow, type Theme } from '../../hosts/figma/page/nest-window.ts';

/** What the test sets up; files are base64. */
export interface Setup {
  readonly launch: Partial<Launch>;
  readonly selection: Selection;
  readonly settings: Settings;
  readonly styles: readonly (Omit<RecentStyle, 'thumbnail'> & {
    readonly file: string;
    readonly thumbnail: string;
  })[];
  readonly jobs: readonly PendingJob[];
  /** Pictures by the node id of their layer; a layer without one cannot be read. */
  readonly pictures: Readonly<Record<string, string>>;
  readonly assets: Readonly<Record<string, string>>;
  /** See `Nesting`. */
  readonly isStandards?: boolean;
  /** Figma's colours, a style sheet. */
  readonly colours: string;
}

export interface FakePlugin {
  open(setup: Setup, html: string, theme: Theme | null): void;
  /** Pixels of the window. */
  readonly size: { width: number; height: number };
  /** How often results were made one undo step. */
  readonly commits: number;
  /** Makes the next placements fail. */
  refuse(count: number): void;
  select(selection: Selection): Promise<unknown>;
  readonly results: Result[];
  readonly jobs: PendingJob[];
  /** All that were ever saved. */
  readonly savedJobs: PendingJob[];
  readonly styleNames: string[];
  readonly notices: string[];
  readonly assetsRead: string[];
  readonly hosted: string[];
  settings: Settings | undefined;
  /** A result without its pixels. */
  describe(result: Result): Record<string, unknown>;
  addPicture(nodeId: string, file: string): void;
  removePicture(nodeId: string): void;
}

const LAUNCH: Launch = { command: 'stylize', styleId: null, window: 'inlined', theme: null };

const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));

function createFakePlugin(): FakePlugin {
  let setup: Setup;
  let nested: NestedWindow;
  let receive: (message: unknown) => void = () => undefined;
  let refusals = 0;
  let size = { width: 380, height: 600 };
  let commits = 0;
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  const pictures = new Map<string, Uint8Array<ArrayBuffer>>();
  let styles: RecentStyle[] = [];
  let jobs: PendingJob[] = [];
  const forget = (id: string | null) => {
    jobs = jobs.filter((job) => job.id !== id);
  };
  const channel = openChannel(
    {
      send: (message) => nested.post(message, '*'),
      listen: (listener) => {
        receive = listener;
      },
    },
    PLUGIN_CALLS,
    {
      start: () => ({
        launch: { ...LAUNCH, ...setup.launch },
        selection: setup.selection,
        settings: setup.settings,
        styles,
        jobs: [...setup.jobs],
      }),
      'read-picture': ({ portrait }) => {
        const bytes = pictures.get(portrait.nodeId);
        if (!bytes) throw new ChannelError('NOT_READABLE', 'The picture cannot be read.');
        return { bytes };
      },
      'apply-result': (result) => {
        if (refusals-- > 0) throw new ChannelError('NOT_PLACED', 'Figma refused the result.');
        fake.results.push(result);
        forget(result.jobId);
        return { nodeId: `result-${fake.results.length}`, placed: 'beside' as const };
      },
      'takes-videos': () => ({ takes: true }),
      'add-video': ({ jobId }) => {
        forget(jobId);
        return { nodeId: 'video' };
      },
      show: () => ({}),
      commit: () => {
        commits++;
        return {};
      },
      'save-settings': ({ settings }) => {
        fake.settings = settings;
        return {};
      },
      'save-style': ({ style, file }) => {
        files.set(style.id, file);
        styles = [style, ...styles.filter(({ id }) => id !== style.id)];
        return { styles };
      },
      'read-style': ({ id }) => {
        const file = files.get(id);
        if (!file) throw new ChannelError('NOT_FOUND', 'No such style.');
        return { file };
      },
      'remove-style': ({ id }) => {
        styles = styles.filter((style) => style.id !== id);
        return { styles };
      },
      'save-job': ({ job }) => {
        jobs = [...jobs, job];
        fake.savedJobs.push(job);
        return {};
      },
      'remove-job': ({ id }) => {
        forget(id);
        return {};
      },
      'read-asset': ({ name }) => {
        fake.assetsRead.push(name);
        const text = setup.assets[name];
        if (text === undefined) throw new ChannelError('NOT_FOUND', `There is no asset ${name}.`);
        return { text };
      },
      'open-hosted': ({ path }) => {
        fake.hosted.push(path);
        return {};
      },
      notify: ({ message }) => {
        fake.notices.push(message);
        return {};
      },
      resize: (wanted) => {
        size = wanted;
        Object.assign(nested.element.style, { width: `${size.width}px`, height: `${size.height}px` });
        return {};
      },
      close: () => ({}),
    },
    WINDOW_CALLS,
  );
  const fake: FakePlugin = {
    open(given, html, theme) {
      setup = given;
      for (const { file, thumbnail, ...style } of given.styles) {
        files.set(style.id, bytesOf(file));
        styles.push({ ...style, thumbnail: bytesOf(thumbnail) });
      }
      for (const [nodeId, file] of Object.entries(given.pictures)) pictures.set(nodeId, bytesOf(file));
      nested = nestWindow(html, theme, {
        domains: ['http://localhost:*', 'http://127.0.0.1:*'],
        colours: given.colours,
        isStandards: given.isStandards,
        receive: (message) => receive(message),
      });
      const { width, height } = size;
      Object.assign(nested.element.style, { width: `${width}px`, height: `${height}px`, border: '0' });
      document.body.append(nested.element);
    },
    select: (selection) => channel.call('selection', selection),
    results: [],
    get jobs() {
      return jobs;
    },
    savedJobs: [],
    get styleNames() {
      return styles.map(({ name }) => name);
    },
    describe: ({ portrait, width, height, tiles, styleName, jobId, original }) => ({
      name: portrait.name,
      width,
      height,
      tiles: tiles.length,
      style: styleName,
      job: jobId,
      original,
    }),
    addPicture(nodeId, file) {
      pictures.set(nodeId, bytesOf(file));
    },
    removePicture: (nodeId) => void pictures.delete(nodeId),
    get size() {
      return size;
    },
    get commits() {
      return commits;
    },
    refuse(count) {
      refusals = count;
    },
    assetsRead: [],
    notices: [],
    hosted: [],
    settings: undefined,
  };
  return fake;
}

Object.assign(window, { fake: createFakePlugin() });
