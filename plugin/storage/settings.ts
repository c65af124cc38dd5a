import { DEFAULT_SETTINGS, type Settings, settingsSchema } from '../../protocol/plugin-data.ts';

const KEY = 'settings';

/** The user's settings, or the defaults where there are none that this version understands. */
export async function readSettingsAsync(): Promise<Settings> {
  const parsed = settingsSchema.safeParse(await figma.clientStorage.getAsync(KEY));
  return parsed.success ? parsed.data : DEFAULT_SETTINGS;
}

export async function saveSettingsAsync(settings: Settings): Promise<void> {
  await figma.clientStorage.setAsync(KEY, settings);
}
