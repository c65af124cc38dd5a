/**
 * Figma gives the inlined window its theme as a class of the root and its colours as variables. A hosted window is told
 * the theme's name only; there, and where Figma says nothing, the colours are those of @create-figma-plugin/ui.
 */
export type Theme = 'light' | 'dark';

const CLASSES: Record<Theme, string> = { light: 'figma-light', dark: 'figma-dark' };
const hasClass = (theme: Theme) =>
  [document.documentElement, document.body].some(({ classList }) => classList.contains(CLASSES[theme]));

export const currentTheme = (): Theme => (hasClass('dark') ? 'dark' : 'light');

/** Whether the window came with a theme; Figma changes it by itself. */
const themedByFigma = hasClass('light') || hasClass('dark');
const system = matchMedia('(prefers-color-scheme: dark)');
const systemTheme = (): Theme => (system.matches ? 'dark' : 'light');

/** @param theme null follows Figma, whose class changes by itself, or else the system */
export function applyTheme(theme: Theme | null): void {
  system.onchange = null;
  if (theme) wear(theme);
  if (theme || themedByFigma) return;
  wear(systemTheme());
  system.onchange = () => wear(systemTheme());
}

function wear(wanted: Theme): void {
  const { classList } = document.body;
  classList.remove(CLASSES.light, CLASSES.dark);
  classList.add(CLASSES[wanted]);
}
