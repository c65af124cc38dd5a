const PREFIX = 'starter-';

export const starterId = (name: string): string => PREFIX + name;

/** Starters are no recent styles: the plugin keeps no copy of them. */
export const isStarter = (id: string): boolean => id.startsWith(PREFIX);
