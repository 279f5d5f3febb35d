import { homedir } from 'node:os';
import { join } from 'node:path';

/** The folder where everything is kept unless an option names another: `CLASSER_HOME`, or where this system wants it. */
export function home(environment: NodeJS.ProcessEnv = process.env, platform = process.platform): string {
  const { CLASSER_HOME, LOCALAPPDATA, XDG_DATA_HOME } = environment;
  if (CLASSER_HOME) return CLASSER_HOME;
  const user = homedir();
  if (platform === 'win32') return join(LOCALAPPDATA ?? join(user, 'AppData', 'Local'), 'classer-local');
  if (platform === 'darwin') return join(user, 'Library', 'Application Support', 'classer-local');
  return join(XDG_DATA_HOME || join(user, '.local', 'share'), 'classer-local');
}
