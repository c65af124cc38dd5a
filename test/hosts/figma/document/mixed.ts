import type { PluginAPI } from '@figma/plugin-typings/plugin-api-standalone.d.ts';

/** What a text layer's fills are where its characters differ. */
export const mixed: PluginAPI['mixed'] = Symbol('figma.mixed') as never;
