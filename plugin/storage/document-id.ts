const KEY = 'document';

/**
 * A name of this document. Figma gives plugins none, and layers of different documents have equal ids. Empty where it was
 * never created, because creating it is a change to the document.
 */
export function documentId({ create = false } = {}): string {
  const id = figma.root.getPluginData(KEY);
  if (id || !create) return id;
  const made = Math.random().toString(36).slice(2) + Date.now().toString(36);
  figma.root.setPluginData(KEY, made);
  return made;
}
