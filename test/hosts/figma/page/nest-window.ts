/**
 * The frames that Figma puts around a plugin's page, as far as they can be told from outside: the top window holds a shim
 * frame, which holds a frame with a Content-Security-Policy, which holds a data: page that writes the plugin's page into
 * itself. See docs/figma.md for what follows from that, and where it is known from.
 */
export type Theme = 'light' | 'dark';

export interface Nesting {
  /** Of the manifest: what pages may reach, the domains for development among them. */
  readonly domains: readonly string[];
  /** A style sheet with Figma's variables for elements in a root of class figma-light or figma-dark. */
  readonly colours: string;
  /** Whether the doctype comes in time, as it does not in Figma; to compare. */
  readonly isStandards?: boolean;
  /** @param pluginId which plugin the message names, if any. @param origin of the page in the innermost frame */
  receive(message: unknown, pluginId: unknown, origin: string): void;
}

export interface NestedWindow {
  /** The outermost frame. */
  readonly element: HTMLIFrameElement;
  /** From the top window, as Figma does: its `source` is no parent of the page. */
  post(message: unknown, origin: string): void;
  wear(theme: Theme): void;
  remove(): void;
}

/** @param theme null for a Figma that says nothing of it */
export function nestWindow(html: string, theme: Theme | null, nesting: Nesting): NestedWindow {
  const element = document.createElement('iframe');
  const network = () => element.contentWindow?.frames[0];
  const page = () => network()?.frames[0];
  const listen = ({ source, data }: MessageEvent) => {
    if (source === null || source !== network() || data?.fromPage === undefined) return;
    const { pluginMessage, pluginId, isLoader } = data.fromPage;
    if (isLoader) {
      const doctype = nesting.isStandards ? '<!doctype html>' : '';
      page()?.postMessage({ html: `${doctype}${written(theme, nesting.colours)}${html}` }, '*');
    } else if (pluginMessage !== undefined) nesting.receive(pluginMessage, pluginId, data.origin);
  };
  addEventListener('message', listen);
  element.title = 'Plugin';
  element.allow = ALLOW;
  element.srcdoc = `${FILL}<iframe allow="${ALLOW}" srcdoc="${escaped(networkPage(nesting.domains))}"></iframe>`;
  return {
    element,
    post: (message, origin) => page()?.postMessage({ pluginMessage: message }, origin),
    wear: (now) => page()?.postMessage({ figmaTheme: now }, '*'),
    remove() {
      removeEventListener('message', listen);
      element.remove();
    },
  };
}

/** What the frames pass on of the user's permissions. */
const ALLOW = 'clipboard-write';

const FILL =
  '<!doctype html><style>html,body,iframe{display:block;width:100%;height:100%;margin:0;border:0}</style>';

/** Hands messages on from the plugin's page to the top window. What it holds inherits its policy. */
function networkPage(domains: readonly string[]): string {
  return `${FILL.replace('>', `><meta http-equiv="Content-Security-Policy" content="${policyOf(domains)}">`)}
<script>
  addEventListener('message', ({ source, data, origin }) => {
    if (source === frames[0]) top.postMessage({ fromPage: data, origin }, '*');
  });
</script>
<iframe allow="${ALLOW}" src="data:text/html,${encodeURIComponent(LOADER)}"></iframe>`;
}

function policyOf(domains: readonly string[]): string {
  const reach = ['data:', 'blob:', ...domains.filter((domain) => domain !== 'none')].join(' ');
  return (
    `default-src ${reach}; script-src 'unsafe-inline' 'unsafe-eval' ${reach}; ` +
    `style-src 'unsafe-inline' ${reach}; font-src ${reach}`
  );
}

const LOADER = `<script>
  addEventListener('message', ({ data }) => {
    if (data.html === undefined) return;
    document.write(data.html);
    document.close();
  });
  parent.postMessage({ isLoader: true }, '*');
</script>`;

/**
 * What Figma writes before the page, so that the page's doctype comes too late and is ignored. The theme's class and
 * colours come once everything is loaded.
 */
function written(theme: Theme | null, colours: string): string {
  return `<head><script>{
  const wear = (theme) => {
    const { classList } = document.documentElement;
    classList.remove('figma-light', 'figma-dark');
    classList.add('figma-' + theme);
    const style = document.getElementById('figma-style') ?? document.head.appendChild(document.createElement('style'));
    style.id = 'figma-style';
    style.textContent = ${JSON.stringify(colours.replaceAll(':root .figma-', ':root.figma-'))};
  };
  ${theme ? `addEventListener('load', () => wear('${theme}'));` : ''}
  addEventListener('message', ({ data }) => data && data.figmaTheme && wear(data.figmaTheme));
}</script>`;
}

function escaped(html: string): string {
  return html.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
}
