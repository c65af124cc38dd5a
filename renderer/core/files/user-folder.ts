import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where Limner keeps what belongs to this user: LIMNER_HOME, else the platform's folder for data of programs. */
export function userFolder(env: NodeJS.ProcessEnv = process.env): string {
  const given = env['LIMNER_HOME'];
  if (given) return given;
  switch (process.platform) {
    case 'win32':
      return join(env['APPDATA'] || join(homedir(), 'AppData', 'Roaming'), 'limner');
    case 'darwin':
      return join(homedir(), 'Library', 'Application Support', 'limner');
    default:
      return join(env['XDG_DATA_HOME'] || join(homedir(), '.local', 'share'), 'limner');
  }
}
