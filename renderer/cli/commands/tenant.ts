/** `limner tenant`: who shares the renderer. */
import type { Command } from 'commander';
import { LimnerError } from '../../../models/errors.ts';
import { createRendererClient } from '../../../protocol/renderer-api/client/index.ts';
import { type TenantInfo, tenantNameSchema } from '../../../protocol/renderer-api/index.ts';
import { listTenants, setTenant } from '../../server/jobs/tenants.ts';
import { addRendererOptions, type RendererOptions, tokenFor } from '../options/renderer-options.ts';
import { addDataOptions, type DataOptions, openData } from '../options/service-options.ts';
import type { Io } from '../terminal/io.ts';

const EXAMPLES = `
Examples:
  A tenant, and a token of it:
    $ limner tenant set acme
    $ limner token rotate anna --tenant acme --role render
  While limner serve has the database in --data open, with an operator's token:
    $ LIMNER_TOKEN=… limner tenant set acme --renderer http://127.0.0.1:8017

Nobody sees pictures, jobs, styles or consents of another tenant. Tokens made before, or without --tenant, are of the
tenant "default".`;

type Options = DataOptions & RendererOptions;

interface Tenants {
  set(name: string): Promise<TenantInfo>;
  list(): Promise<readonly TenantInfo[]>;
}

/** @param exit called with the exit code */
export function addTenantCommand(program: Command, io: Io, exit: (code: number) => void): void {
  const tenant = program.command('tenant').description('Make and list those who share the renderer.');
  tenant.addHelpText('after', EXAMPLES);
  const set = tenant.command('set').description('make a tenant').argument('<name>', 'what it is called');
  addRendererOptions(addDataOptions(set)).action(async (name: string, options: Options) => {
    const parsed = tenantNameSchema.safeParse(name);
    if (!parsed.success)
      throw new LimnerError(
        'USAGE',
        `Expected a name of up to 30 lower-case letters, digits and - but received ${JSON.stringify(name)}.`,
      );
    await withTenants(options, async (tenants) => show(await tenants.set(name)));
    exit(0);
  });
  const list = tenant.command('list').description('names and dates');
  addRendererOptions(addDataOptions(list)).action(async (options: Options) => {
    await withTenants(options, async (tenants) => {
      for (const one of await tenants.list()) show(one);
    });
    exit(0);
  });
  const show = ({ name, createdAt }: TenantInfo) => io.out(`${name}  ${createdAt}`);
}

async function withTenants(options: Options, work: (tenants: Tenants) => Promise<void>): Promise<void> {
  if (options.renderer) {
    const { renderer: baseUrl, tokenEnv } = options;
    const client = createRendererClient({ baseUrl, token: tokenFor(baseUrl, tokenEnv) });
    return work({ set: (name) => client.putTenant(name), list: () => client.tenants() });
  }
  const database = await openData(options);
  try {
    await work({ set: (name) => setTenant(database, name), list: () => listTenants(database) });
  } finally {
    await database.close();
  }
}
