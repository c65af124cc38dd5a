/** Where a running renderer is: options of commands that ask one. */
import type { Command } from 'commander';

export interface RendererOptions {
  renderer?: string;
  tokenEnv: string;
}

export const addRendererOptions = (command: Command): Command =>
  command
    .option('--renderer <url>', 'a running renderer, e.g. http://127.0.0.1:8017')
    .option('--token-env <name>', 'the environment variable that holds its token', 'LIMNER_TOKEN');
