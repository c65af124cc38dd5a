/**
 * Figma gives the inlined window its theme as a class of the root and its colours as variables. A hosted window is told
 * the theme's name only; there, and where Figma says nothing, the colours are those of @create-figma-plugin/ui.
 */
export type Theme = 'light' | 'dark';

const CLASSES: Record<Theme, string> = { light: 'figma-light', dark: 'figma-dark' };
const hasClass = (theme: Theme) =>
  [document.documentElement, document.body].some(({ classList }) => classList.contains(CLASSES[theme]));

export const currentTheme = (): Theme => (hasClass('dark') ? 'dark' : 'light');

/** @param theme null follows Figma, or the system */
export function applyTheme(theme: Theme | null): void {
  if (!theme && (hasClass('light') || hasClass('dark'))) return;
  const wanted = theme ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
  const { classList } = document.body;
  classList.remove(CLASSES.light, CLASSES.dark);
  classList.add(CLASSES[wanted]);
}
