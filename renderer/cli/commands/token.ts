/** `limner token`: who may use the renderer. */
import { type Command, Option } from 'commander';
import { LimnerError } from '../../../models/errors.ts';
import { createRendererClient } from '../../../protocol/renderer-api/client/index.ts';
import { ROLES, type Role, TENANT_ROLES, type TokenInfo } from '../../../protocol/renderer-api/index.ts';
import { DEFAULT_TENANT, requireTenant } from '../../server/jobs/tenants.ts';
import {
  FIRST_TOKEN,
  listTokens,
  revokeToken,
  rotateToken,
  type TokenSettings,
} from '../../server/jobs/tokens.ts';
import { numberOption } from '../options/option-values.ts';
import { addRendererOptions, type RendererOptions, tokenFor } from '../options/renderer-options.ts';
import { addDataOptions, type DataOptions, openData } from '../options/service-options.ts';
import type { Io } from '../terminal/io.ts';

const EXAMPLES = `
Examples:
  A new token in place of the one that limner serve showed first:
    $ limner token rotate
  One for a build machine that renders and nothing else, and away with it:
    $ limner token rotate build-machine --role render
    $ limner token revoke build-machine
  One of a tenant, which sees what is of that tenant alone (limner help tenant):
    $ limner token rotate anna --tenant acme --role render
  The same while limner serve has the database in --data open:
    $ LIMNER_TOKEN=… limner token rotate build-machine --renderer http://127.0.0.1:8017

Only hashes are kept, so a token is shown once.`;

interface Options extends DataOptions, RendererOptions {
  role?: Role[];
  weight?: number;
  tenant: string;
}

type Settings = Pick<TokenSettings, 'roles' | 'weight'>;

/** Where tokens are kept: in a database, or with a renderer that has it open. */
interface Tokens {
  rotate(name: string, settings: Settings): Promise<string>;
  list(): Promise<readonly TokenInfo[]>;
  /** @throws NOT_FOUND */
  revoke(name: string): Promise<void>;
}

/** @param exit called with the exit code */
export function addTokenCommand(program: Command, io: Io, exit: (code: number) => void): void {
  const token = program.command('token').description('Make, list and revoke tokens of the renderer.');
  token.addHelpText('after', EXAMPLES);
  const add = (
    name: string,
    description: string,
    run: (tokens: Tokens, given: string, settings: Settings) => Promise<void>,
  ) => {
    const command = token.command(name).description(description);
    if (name !== 'list') command.argument('[name]', 'whose it is', FIRST_TOKEN);
    if (name === 'rotate') addRoles(command).addOption(weightOption());
    command.option('--tenant <name>', 'whose tokens', DEFAULT_TENANT);
    addRendererOptions(addDataOptions(command)).action(async (...args: unknown[]) => {
      const given = typeof args[0] === 'string' ? args[0] : FIRST_TOKEN;
      const { role: roles, weight, ...options } = command.opts<Options>();
      await withTokens(options, (tokens) => run(tokens, given, { roles, weight }));
      exit(0);
    });
  };
  add('rotate', 'make a token; an older one of the same name ends', async (tokens, name, settings) =>
    io.out(await tokens.rotate(name, settings)),
  );
  add('list', 'names, dates, weights and roles', async (tokens) => {
    for (const { name, createdAt, roles, weight } of await tokens.list())
      io.out(`${name}  ${createdAt}  weight ${weight}  ${roles.join(' ')}`);
  });
  add('revoke', 'end a token', (tokens, name) => tokens.revoke(name));
}

const weightOption = () =>
  numberOption('--weight <x>', 'its turns over those of other tokens (default: as before, or 1)', 0.01, 100);

const addRoles = (command: Command): Command =>
  command.addOption(
    new Option(
      '--role <role>',
      `what it may do: ${ROLES.join(', ')}; repeatable (default: as before, or all but operator)`,
    ).argParser((value: string, before: string[] = []) => [...before, roleOf(value)]),
  );

function roleOf(value: string): Role {
  const role = ROLES.find((one) => one === value);
  if (role) return role;
  throw new LimnerError('USAGE', `Expected ${ROLES.join(' or ')} for --role but received ${value}.`);
}

async function withTokens(options: Omit<Options, 'role'>, work: (tokens: Tokens) => Promise<void>) {
  const { tenant } = options;
  if (options.renderer) return work(tokensOfRenderer(options.renderer, options));
  const database = await openData(options);
  try {
    await requireTenant(database, tenant);
    await work({
      rotate: (name, settings) => rotateToken(database, name, { tenant, ...settings }),
      list: () => listTokens(database, tenant),
      async revoke(name) {
        if (!(await revokeToken(database, name, tenant)))
          throw new LimnerError('NOT_FOUND', `There is no token ${name}.`);
      },
    });
  } finally {
    await database.close();
  }
}

/** Without --tenant: of the tenant of the token that asks. */
function tokensOfRenderer(baseUrl: string, { tokenEnv, tenant: named }: Omit<Options, 'role'>): Tokens {
  const tenant = named === DEFAULT_TENANT ? undefined : named;
  const client = createRendererClient({ baseUrl, token: tokenFor(baseUrl, tokenEnv), tenant });
  return {
    rotate: (name, { roles, weight }) =>
      client.rotateToken(name, { roles: [...(roles ?? TENANT_ROLES)], weight }),
    list: () => client.tokens(),
    revoke: (name) => client.revokeToken(name),
  };
}
