/** `limner token`: who may use the renderer. */
import type { Command } from 'commander';
import { LimnerError } from '../../../models/errors.ts';
import type { Database } from '../../server/database/database.ts';
import { FIRST_TOKEN, listTokens, revokeToken, rotateToken } from '../../server/jobs/tokens.ts';
import { addDataOptions, type DataOptions, openData } from '../options/service-options.ts';
import type { Io } from '../terminal/io.ts';

const EXAMPLES = `
Examples:
  A new token in place of the one that limner serve showed first:
    $ limner token rotate
  One for a build machine, and away with it:
    $ limner token rotate build-machine
    $ limner token revoke build-machine

Only hashes are kept, so a token is shown once. With the database in --data, stop limner serve first.`;

/** @param exit called with the exit code */
export function addTokenCommand(program: Command, io: Io, exit: (code: number) => void): void {
  const token = program.command('token').description('Make, list and revoke tokens of the renderer.');
  token.addHelpText('after', EXAMPLES);
  const add = (
    name: string,
    description: string,
    run: (database: Database, given?: string) => Promise<void>,
  ) => {
    const command = token.command(name).description(description);
    if (name !== 'list') command.argument('[name]', 'whose it is', FIRST_TOKEN);
    addDataOptions(command).action(async (...args: unknown[]) => {
      const given = typeof args[0] === 'string' ? args[0] : undefined;
      const database = await openData(command.opts<DataOptions>());
      try {
        await run(database, given);
      } finally {
        await database.close();
      }
      exit(0);
    });
  };
  add('rotate', 'make a token; an older one of the same name ends', async (database, name = FIRST_TOKEN) =>
    io.out(await rotateToken(database, name)),
  );
  add('list', 'names and dates', async (database) => {
    for (const { name, createdAt } of await listTokens(database)) io.out(`${name}  ${createdAt}`);
  });
  add('revoke', 'end a token', async (database, name = FIRST_TOKEN) => {
    if (!(await revokeToken(database, name)))
      throw new LimnerError('NOT_FOUND', `There is no token ${name}.`);
  });
}
