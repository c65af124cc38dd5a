import { Command, CommanderError } from 'commander';
import { LimnerError } from '../../models/errors.ts';
import { VERSION } from '../core/version.ts';
import type { Io } from './terminal/io.ts';
import { reportError } from './terminal/report-error.ts';

const EXAMPLES = `
Start here:
  $ limner render jane.jpg --style mona-lisa.jpg     one portrait in one style
  $ limner doctor                                    what this machine can do
  $ limner help render                               all about a command, with examples`;

type AddCommand = (program: Command, io: Io, exit: (code: number) => void) => void;

const loadBackup = async (): Promise<AddCommand> => (await import('./commands/backup.ts')).addBackupCommands;

/** In the order of the help. Only the one that was asked for is loaded: all of them take a second. */
const COMMANDS: Readonly<Record<string, () => Promise<AddCommand>>> = {
  render: async () => (await import('./commands/render.ts')).addRenderCommand,
  sequence: async () => (await import('./commands/sequence.ts')).addSequenceCommand,
  batch: async () => (await import('./commands/batch.ts')).addBatchCommand,
  upscale: async () => (await import('./commands/upscale.ts')).addUpscaleCommand,
  adapt: async () => (await import('./commands/adapt.ts')).addAdaptCommand,
  styles: async () => (await import('./commands/styles.ts')).addStylesCommand,
  export: async () => (await import('./commands/export.ts')).addExportCommand,
  inspect: async () => (await import('./commands/inspect.ts')).addInspectCommand,
  ledger: async () => (await import('./commands/ledger.ts')).addLedgerCommand,
  evaluate: async () => (await import('./commands/evaluate.ts')).addEvaluateCommand,
  rate: async () => (await import('./commands/rate.ts')).addRateCommand,
  doctor: async () => (await import('./commands/doctor.ts')).addDoctorCommand,
  serve: async () => (await import('./commands/serve.ts')).addServeCommand,
  worker: async () => (await import('./commands/worker.ts')).addWorkerCommand,
  token: async () => (await import('./commands/token.ts')).addTokenCommand,
  tenant: async () => (await import('./commands/tenant.ts')).addTenantCommand,
  backup: loadBackup,
  restore: loadBackup,
};

/** Runs the command line. @param args without node and script; the answer is the exit code */
export async function main(args: readonly string[], terminal: Io): Promise<number> {
  const json = args.includes('--json');
  const io = { ...terminal, isTerminal: terminal.isTerminal && !json };
  let exitCode = 0;
  try {
    const program = createProgram(io);
    const asked = args[0] === 'help' ? args[1] : args[0];
    for (const load of loadersOf(asked)) {
      const add = await load();
      add(program, io, (code) => {
        exitCode = code;
      });
    }
    if (args[0] === 'help') showHelp(program, args.slice(1));
    else await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    return reportError(error instanceof CommanderError ? usageError(error) : error, io, json);
  }
}

/** Of the command asked for; of all where the help or a suggestion names them. */
function loadersOf(asked: string | undefined): Iterable<() => Promise<AddCommand>> {
  if (asked === '--version') return [];
  return asked !== undefined && Object.hasOwn(COMMANDS, asked)
    ? [COMMANDS[asked]]
    : new Set(Object.values(COMMANDS));
}

/** `limner help COMMAND` at any depth, where commander knows one level. @throws USAGE */
function showHelp(program: Command, path: readonly string[]): void {
  const names = path.filter((name) => !name.startsWith('-'));
  const command = names.reduce<Command | undefined>(
    (parent, name) => parent?.commands.find((child) => child.name() === name),
    program,
  );
  if (!command) throw new LimnerError('USAGE', `There is no command ${JSON.stringify(names.join(' '))}.`);
  command.outputHelp();
}

function createProgram(io: Io): Command {
  const program = new Command('limner')
    .description('Limner restyles portraits from one style reference and keeps the person recognisable.')
    .version(VERSION, '--version')
    .addHelpText('after', EXAMPLES)
    .showSuggestionAfterError(true)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.out(text.trimEnd()),
      writeErr: () => undefined,
    });
  return program;
}

/** Commander's "error: unknown option '--x'" as a sentence. */
function usageError(error: CommanderError): LimnerError {
  const isHelp = error.code === 'commander.help';
  // A name of a file, such as -anna.jpg.
  const isName = error.code === 'commander.unknownOption' && /'-[^']*\.\w{1,5}'/.test(error.message);
  const words = isHelp ? 'expected a command' : error.message.replace(/^error: /, '').replaceAll('\n', ' ');
  return new LimnerError(
    'USAGE',
    `${words.charAt(0).toUpperCase()}${words.slice(1)}`.replace(/([^.?)])$/, '$1.'),
    isName ? { hint: 'Put -- before names that begin with a dash, or write them as ./-name.' } : {},
  );
}
