/**
 * Figma's globals as this host has them. The plugin is checked against these, too (`npm run typecheck`), so a member that
 * it uses and the host lacks is a type error.
 */
import type * as F from '@figma/plugin-typings/plugin-api-standalone.d.ts';
import type { HostFigma } from './api/figma.ts';
import type * as Host from './document/nodes.ts';

declare global {
  const figma: Omit<HostFigma, 'events' | 'pressNotice'>;
  const __uiFiles__: { [key: string]: string };
  const console: { log(...parts: unknown[]): void; warn(...parts: unknown[]): void };
  function setTimeout(callback: () => void, milliseconds: number): number;
  function clearTimeout(timer: number): void;

  type BaseNode = Host.BaseNode;
  type SceneNode = Host.SceneNode;
  type PageNode = Host.PageNode;
  type FrameNode = Host.FrameNode;
  type RectangleNode = Host.RectangleNode;
  type NodeType = Host.NodeType;
  type ChildrenMixin = Pick<Host.FrameNode, 'children' | 'appendChild' | 'insertChild'>;
  type ExportMixin = Pick<Host.FrameNode, 'exportAsync'>;

  type ImagePaint = F.ImagePaint;
  type Paint = F.Paint;
  type SolidPaint = F.SolidPaint;
  type SuggestionResults = F.SuggestionResults;
  type Transform = F.Transform;
  type VideoPaint = F.VideoPaint;
}
