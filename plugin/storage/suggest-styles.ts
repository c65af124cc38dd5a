import { listStylesAsync } from './styles.ts';

/** Offers the recent styles in Figma's quick actions. */
export async function suggestStylesAsync(result: SuggestionResults): Promise<void> {
  const styles = await listStylesAsync();
  if (styles.length === 0) result.setError('No style yet. Use “New style from selection” first.');
  else result.setSuggestions(styles.map(({ id, name, thumbnail }) => ({ name, data: id, icon: thumbnail })));
}
