/**
 * Figma gives the inlined window its theme as a class of the root, once it is loaded, and its colours as variables; both
 * change with the user's settings. A hosted window is told the theme's name only. There, and until Figma says something,
 * the colours are those of @create-figma-plugin/ui, which a class of the body chooses.
 */
export type Theme = 'light' | 'dark';

const CLASSES: Record<Theme, string> = { light: 'figma-light', dark: 'figma-dark' };
const root = document.documentElement;
const system = matchMedia('(prefers-color-scheme: dark)');
let told: Theme | null = null;

export const currentTheme = (): Theme => figmaTheme() ?? told ?? (system.matches ? 'dark' : 'light');

/** Keeps to Figma's theme, or else to the one told, or else to the system's. */
export function followTheme(): void {
  new MutationObserver(wear).observe(root, { attributeFilter: ['class'] });
  system.addEventListener('change', wear);
  wear();
}

export function tellTheme(theme: Theme | null): void {
  told = theme;
  wear();
}

function figmaTheme(): Theme | null {
  if (root.classList.contains(CLASSES.dark)) return 'dark';
  return root.classList.contains(CLASSES.light) ? 'light' : null;
}

function wear(): void {
  const { classList } = document.body;
  classList.remove(CLASSES.light, CLASSES.dark);
  if (figmaTheme() === null) classList.add(CLASSES[currentTheme()]);
}
