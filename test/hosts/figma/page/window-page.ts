/** What Figma makes of a plugin's HTML before it shows it: its theme, and a policy of what it may reach. */
export type Theme = 'light' | 'dark';

/**
 * @param domains of the manifest that pages may reach, the ones for development among them.
 * @param colours a style sheet with Figma's variables for elements in a root of class figma-light or figma-dark.
 */
export function windowPage(html: string, theme: Theme, domains: readonly string[], colours: string): string {
  const reach = domains.filter((domain) => domain !== 'none').join(' ');
  const policy = `default-src data: blob: 'unsafe-inline' 'unsafe-eval' ${reach}; connect-src data: blob: ${reach}`;
  const added =
    `<meta http-equiv="Content-Security-Policy" content="${policy}">` +
    `<style>${colours.replaceAll(':root .figma-', ':root.figma-')}</style>` +
    `<script>document.documentElement.classList.add('figma-${theme}')</script>`;
  return html.includes('<head>') ? html.replace('<head>', () => `<head>${added}`) : added + html;
}
