import { expect, it } from 'vitest';
import { beginSection, dateSection } from '../../scripts/release/changelog.ts';

const before = `# Changelog

All notable changes.

## [0.2.0] – unreleased

### Added

- Sequences.

## [0.1.0] – 2026-01-02

- Portraits.
`;

it('dates what was unreleased, and nothing else', () => {
  const dated = before.replace('unreleased', '2026-11-27');
  expect(dateSection(before, '0.2.0', '2026-11-27')).toBe(dated);
});

it('begins the next version above, which can be released once something is in it', () => {
  const next = beginSection(dateSection(before, '0.2.0', '2026-11-27'), '0.3.0');
  expect(next.match(/^## .*$/gm)).toEqual([
    '## [0.3.0] – unreleased',
    '## [0.2.0] – 2026-11-27',
    '## [0.1.0] – 2026-01-02',
  ]);
  expect(() => dateSection(next, '0.3.0', '2026-11-28')).toThrow('says nothing of 0.3.0');
  const filled = next.replace('unreleased\n', 'unreleased\n\n- Masks.\n');
  expect(dateSection(filled, '0.3.0', '2026-11-28')).toContain('## [0.3.0] – 2026-11-28\n\n- Masks.');
});

it('refuses a version that the changelog does not begin with', () => {
  expect(() => dateSection(before, '0.1.0', '2026-11-27')).toThrow('begin with "## [0.1.0] – unreleased"');
  expect(() => dateSection('# Changelog\n', '0.1.0', '2026-11-27')).toThrow('begin with');
});
