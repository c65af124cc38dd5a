/** Where a running renderer is: options of commands that ask one. */
import type { Command } from 'commander';
import { LimnerError } from '../../../models/errors.ts';

export interface RendererOptions {
  renderer?: string;
  tokenEnv: string;
}

export const addRendererOptions = (command: Command): Command =>
  command
    .option('--renderer <url>', 'a running renderer, e.g. http://127.0.0.1:8017')
    .option('--token-env <name>', 'the environment variable that holds its token', 'LIMNER_TOKEN');

/** The token in that environment variable. @throws USAGE without one */
export function tokenFor(renderer: string, tokenEnv: string): string {
  const token = process.env[tokenEnv];
  if (token) return token;
  throw new LimnerError('USAGE', `Expected a token for ${renderer} in the environment variable ${tokenEnv}.`);
}
