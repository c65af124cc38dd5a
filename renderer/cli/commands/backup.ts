/** `limner backup` and `limner restore`: all that a renderer keeps, in a folder and back. */
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { userFolder } from '../../core/files/user-folder.ts';
import { type BackupOptions, backUp } from '../../server/backup/back-up.ts';
import { restore } from '../../server/backup/restore.ts';
import { openStorage } from '../../server/storage/storage.ts';
import {
  addDataOptions,
  addStorageOption,
  type DataOptions,
  openData,
  storageOf,
} from '../options/service-options.ts';
import type { Io } from '../terminal/io.ts';

const BACKUP_EXAMPLES = `
Examples:
  The renderer of this machine, stopped, into a new folder:
    $ limner backup /backups/limner-2026-01-31
  One on PostgreSQL and a bucket, while it runs:
    $ limner backup DIR --database-url postgres://… --storage 's3://limner?region=eu-central-1'

The folder has the rows of the database, all pictures, styles and results, and the signing key: keep it as secret as the
portraits and the key are. With a key given by --sign-key, back that up yourself. What is deleted later stays in backups.`;

const RESTORE_EXAMPLES = `
Examples:
  Into a renderer that has nothing yet, and start it:
    $ limner restore /backups/limner-2026-01-31 --data /srv/limner
    $ limner serve --data /srv/limner

All of the backup is checked first. Jobs that waited or ran are queued anew; it takes the version of Limner that made it.
A backup of one kind of database or storage can be restored into another.`;

interface Options extends DataOptions {
  storage?: string;
  key: boolean;
}

/** @param exit called with the exit code */
export function addBackupCommands(program: Command, io: Io, exit: (code: number) => void): void {
  const add = (name: string, description: string, examples: string) =>
    addStorageOption(addDataOptions(program.command(name).description(description)))
      .argument('<dir>', 'folder of the backup')
      .option('--no-key', 'without the signing key')
      .addHelpText('after', examples);
  add('backup', 'Copy all that a renderer keeps into a folder.', BACKUP_EXAMPLES).action(
    async (folder: string, options: Options) => {
      await withRenderer(options, async (parts) => {
        const { rows, files, missing, hasKey } = await backUp(resolve(folder), parts);
        for (const key of missing) io.err(`limner: the storage has no ${key}; the backup lacks it.`);
        if (hasKey)
          io.err(`limner: ${folder} holds the signing key: whoever has it can sign as this renderer does.`);
        io.out(`${folder}: ${rows} rows, ${files} files`);
      });
      exit(0);
    },
  );
  add('restore', 'Put a backup into a renderer that has nothing yet.', RESTORE_EXAMPLES).action(
    async (folder: string, options: Options) => {
      await withRenderer(options, async (parts) => {
        const { files, key } = await restore(resolve(folder), parts);
        if (key === 'kept-other')
          io.err(
            `limner: another signing key is in ${parts.signing} and stays; that of the backup is in ${folder}.`,
          );
        io.out(`${folder}: restored, ${files} files`);
      });
      exit(0);
    },
  );
}

async function withRenderer(options: Options, work: (parts: BackupOptions) => Promise<void>): Promise<void> {
  const database = await openData(options);
  try {
    const signing = options.key ? join(userFolder(), 'signing') : null;
    await work({ database, storage: openStorage(storageOf(options)), signing });
  } finally {
    await database.close();
  }
}
