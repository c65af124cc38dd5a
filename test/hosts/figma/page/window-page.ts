/** What Figma makes of a plugin's HTML before it shows it: its theme, and a policy of what it may reach. */
export type Theme = 'light' | 'dark';

const COLOURS: Record<Theme, string> = {
  light: '--figma-color-bg:#fff;--figma-color-text:#000000e5;--figma-color-border:#e6e6e6',
  dark: '--figma-color-bg:#2c2c2c;--figma-color-text:#fff;--figma-color-border:#444',
};

/** @param domains of the manifest that pages may reach, the ones for development among them. */
export function windowPage(html: string, theme: Theme, domains: readonly string[]): string {
  const reach = domains.filter((domain) => domain !== 'none').join(' ');
  const policy = `default-src data: blob: 'unsafe-inline' 'unsafe-eval' ${reach}; connect-src data: blob: ${reach}`;
  const added =
    `<meta http-equiv="Content-Security-Policy" content="${policy}">` +
    `<style>:root{${COLOURS[theme]}}</style>` +
    `<script>document.documentElement.classList.add('figma-${theme}')</script>`;
  return html.includes('<head>') ? html.replace('<head>', () => `<head>${added}`) : added + html;
}
