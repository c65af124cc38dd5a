import type { Command, Launch } from '../../protocol/plugin-messages.ts';
import { redirectTo } from './redirect.ts';

/** Pixels; fits small screens below Figma's own bars. */
const SIZE = { width: 380, height: 600 };
/** How long the renderer's page may take to call `start`, in milliseconds. */
const PATIENCE = 10_000;

/** Which page is in the window: the inlined one, or one that the paired renderer serves. */
export class WindowState {
  /** The page has called `start`. */
  started = false;
  /** The served page's origin, which alone is talked to; null for the inlined page, which has none and cannot leave. */
  origin: string | null = null;
  launch: Launch;
  private size = SIZE;

  constructor(command: Command, styleId: string | null) {
    this.launch = { command, styleId, window: 'inlined', theme: null };
  }

  showInlined(): void {
    this.show(__uiFiles__['window'], null);
  }

  /** @param origin of the paired renderer, @param path of the page on it. */
  showHosted(origin: string, path: string, theme: Launch['theme']): void {
    this.launch = { ...this.launch, window: 'hosted', theme };
    this.show(redirectTo(origin + path), origin);
    setTimeout(() => {
      if (this.started || this.origin !== origin) return;
      this.launch = { ...this.launch, window: 'inlined-again', theme: null };
      this.showInlined();
    }, PATIENCE);
  }

  resize(width: number, height: number): void {
    this.size = { width, height };
    figma.ui.resize(width, height);
  }

  private show(html: string, origin: string | null): void {
    this.started = false;
    this.origin = origin;
    figma.showUI(html, { ...this.size, themeColors: true });
  }
}
