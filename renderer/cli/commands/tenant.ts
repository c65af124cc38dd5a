/** `limner tenant`: who shares the renderer. */
import type { Command } from 'commander';
import { LimnerError } from '../../../models/errors.ts';
import { createRendererClient } from '../../../protocol/renderer-api/client/index.ts';
import {
  type TenantInfo,
  type TenantInput,
  tenantInputSchema,
  tenantNameSchema,
} from '../../../protocol/renderer-api/index.ts';
import { deleteTenant } from '../../server/jobs/delete-tenant.ts';
import { listTenants, setTenant, tenantNotFound } from '../../server/jobs/tenants.ts';
import { openStorage } from '../../server/storage/storage.ts';
import { numberOption } from '../options/option-values.ts';
import { addRendererOptions, type RendererOptions, tokenFor } from '../options/renderer-options.ts';
import {
  addDataOptions,
  addStorageOption,
  type DataOptions,
  openData,
  storageOf,
} from '../options/service-options.ts';
import type { Io } from '../terminal/io.ts';

const EXAMPLES = `
Examples:
  A tenant, and a token of it:
    $ limner tenant set acme
    $ limner token rotate anna --tenant acme --role render
  At most 500 jobs at a time and 20 GB, and twice the turns of others (--max-jobs none takes a limit away):
    $ limner tenant set acme --max-jobs 500 --max-bytes 20e9 --weight 2
  While limner serve has the database in --data open, with an operator's token:
    $ LIMNER_TOKEN=… limner tenant set acme --renderer http://127.0.0.1:8017
  Away with a tenant and all that is of it (without --yes it says how much that is):
    $ limner tenant delete acme --yes

Nobody sees pictures, jobs, styles or consents of another tenant. Tokens made before, or without --tenant, are of the
tenant "default". A limit that is reached answers QUEUE_FULL or QUOTA_EXCEEDED, with Retry-After.`;

type Options = DataOptions & RendererOptions & { storage?: string };
type Limit = number | 'none';

interface Limits {
  weight?: number;
  maxJobs?: Limit;
  maxBytes?: Limit;
  maxPixelSeconds?: Limit;
}

interface Tenants {
  set(name: string, input: TenantInput): Promise<TenantInfo>;
  list(): Promise<readonly TenantInfo[]>;
  delete(name: string): Promise<void>;
}

/** @param exit called with the exit code */
export function addTenantCommand(program: Command, io: Io, exit: (code: number) => void): void {
  const tenant = program.command('tenant').description('Make, list and delete those who share the renderer.');
  tenant.addHelpText('after', EXAMPLES);
  const set = tenant
    .command('set')
    .description('make or change a tenant')
    .argument('<name>', 'what it is called');
  set
    .addOption(numberOption('--weight <x>', 'turns over those of other tenants (default: 1)', 0.01, 100))
    .addOption(limitOption('--max-jobs <n>', 'jobs that wait or run'))
    .addOption(limitOption('--max-bytes <n>', 'bytes of pictures, styles and results'))
    .addOption(limitOption('--max-pixel-seconds <n>', 'pixels of results times seconds of work a day (UTC)'));
  addRendererOptions(addDataOptions(set)).action(async (name: string, options: Options & Limits) => {
    checkName(name);
    await withTenants(options, async (tenants) => show(await tenants.set(name, inputOf(options))));
    exit(0);
  });
  const list = tenant.command('list').description('what each may use, and uses');
  addRendererOptions(addDataOptions(list)).action(async (options: Options) => {
    await withTenants(options, async (tenants) => {
      for (const one of await tenants.list()) show(one);
    });
    exit(0);
  });
  const remove = tenant
    .command('delete')
    .description('delete a tenant and all that is of it: pictures, jobs, results, styles, consents, tokens')
    .argument('<name>', 'which')
    .option('--yes', 'do it: there is no way back', false);
  addRendererOptions(addStorageOption(addDataOptions(remove))).action(
    async (name: string, options: Options & { yes: boolean }) => {
      checkName(name);
      await withTenants(options, async (tenants) => {
        if (!options.yes) throw await unconfirmed(tenants, name);
        await tenants.delete(name);
      });
      exit(0);
    },
  );
  const show = (one: TenantInfo) =>
    io.out(
      [
        one.name,
        `weight ${one.weight}`,
        `jobs ${used(one.jobs, one.maxJobs)}`,
        `bytes ${used(one.bytes, one.maxBytes)}`,
        `pixel seconds today ${used(one.pixelSeconds, one.maxPixelSeconds)}`,
      ].join('  '),
    );
}

/** @throws USAGE */
function checkName(name: string): void {
  if (tenantNameSchema.safeParse(name).success) return;
  throw new LimnerError(
    'USAGE',
    `Expected a name of up to 30 lower-case letters, digits and - but received ${JSON.stringify(name)}.`,
  );
}

async function unconfirmed(tenants: Tenants, name: string): Promise<LimnerError> {
  const found = (await tenants.list()).find((one) => one.name === name);
  if (!found) return tenantNotFound(name);
  const { jobs, bytes } = found;
  return new LimnerError('USAGE', `${name} keeps ${bytes} bytes, and ${jobs} jobs of it wait or run.`, {
    hint: 'Repeat it with --yes to delete all of that for good.',
  });
}

const limitOption = (flags: string, description: string) =>
  numberOption(flags, `${description}, or none (default: as before, or none)`, 0, Number.MAX_SAFE_INTEGER, [
    'none',
  ]);

const used = (value: number, most: number | null) =>
  most === null ? `${Math.round(value)}` : `${Math.round(value)} of ${most}`;

function inputOf({ weight, maxJobs, maxBytes, maxPixelSeconds }: Limits): TenantInput {
  const given = {
    weight,
    maxJobs: limitOf(maxJobs),
    maxBytes: limitOf(maxBytes),
    maxPixelSeconds: limitOf(maxPixelSeconds),
  };
  const parsed = tenantInputSchema.safeParse(given);
  if (parsed.success) return parsed.data;
  const [{ path, message }] = parsed.error.issues;
  throw new LimnerError('USAGE', `Limit ${path.join('.')}: ${message}.`);
}

const limitOf = (limit: Limit | undefined) => (limit === 'none' ? null : limit);

async function withTenants(options: Options, work: (tenants: Tenants) => Promise<void>): Promise<void> {
  if (options.renderer) {
    const { renderer: baseUrl, tokenEnv } = options;
    const client = createRendererClient({ baseUrl, token: tokenFor(baseUrl, tokenEnv) });
    return work({
      set: (name, input) => client.putTenant(name, input),
      list: () => client.tenants(),
      delete: (name) => client.deleteTenant(name),
    });
  }
  const database = await openData(options);
  try {
    await work({
      set: (name, input) => setTenant(database, name, input),
      list: () => listTenants(database),
      delete: (name) => deleteTenant(database, openStorage(storageOf(options)), name),
    });
  } finally {
    await database.close();
  }
}
