/** What the sandbox is given from outside: images, the window, time. Nothing of it is visible to the plugin. */
export interface Native {
  /** Something in the document changed. */
  changed(): void;
  selected(): void;
  /** JSON of an ImageHeader; throws where Figma would. Keeps the bytes under their hash. */
  keepImage(bytes: ArrayBuffer): string;
  /** JSON of an ImageHeader, or an empty string. */
  findImage(hash: string): string;
  imageBytes(hash: string): ArrayBuffer;
  /** Its hash; throws where Figma would. */
  keepVideo(bytes: ArrayBuffer): string;
  hasVideo(hash: string): boolean;
  /** Answered by `exported`. */
  exportPng(request: number, nodeId: string, scale: number): void;
  showWindow(html: string, options: string): void;
  resizeWindow(width: number, height: number): void;
  /** A packed message (see messages.ts) whose bytes were handed over by `handOver` before. */
  post(json: string, origin: string): void;
  handOver(bytes: ArrayBuffer): void;
  /** @param button its text; empty for none */
  notify(message: string, error: boolean, button: string): void;
  scrollTo(nodeIds: string): void;
  closed(message: string): void;
  startTimer(id: number, milliseconds: number): void;
  log(level: string, text: string): void;
}

export interface ImageHeader {
  readonly hash: string;
  readonly width: number;
  readonly height: number;
}
