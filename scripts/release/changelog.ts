/** The changelog at a release: its first section gets a date, and the next one is begun. */

const heading = (version: string) => `## [${version}] – unreleased`;

/**
 * @param text of CHANGELOG.md
 * @param version that is released, as in package.json
 * @param date e.g. 2026-11-27
 * @returns the text with that section dated
 * @throws Error when the first section is another one, or says nothing
 */
export function dateSection(text: string, version: string, date: string): string {
  const [, section] = /^(## [\s\S]*?)(?=^## |$(?![\s\S]))/m.exec(text) ?? [];
  if (!section?.startsWith(`${heading(version)}\n`))
    throw new Error(`Expected CHANGELOG.md to begin with "${heading(version)}".`);
  if (!/^- /m.test(section)) throw new Error(`CHANGELOG.md says nothing of ${version}.`);
  return text.replace(heading(version), `## [${version}] – ${date}`);
}

/** Begins the section of the next version above all others. @param text of CHANGELOG.md @param next version @returns the text */
export const beginSection = (text: string, next: string): string =>
  text.replace(/^## /m, `${heading(next)}\n\n## `);
