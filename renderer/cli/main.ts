import { Command, CommanderError } from 'commander';
import { LimnerError } from '../../models/errors.ts';
import { VERSION } from '../core/version.ts';
import { addAdaptCommand } from './commands/adapt.ts';
import { addBackupCommands } from './commands/backup.ts';
import { addBatchCommand } from './commands/batch.ts';
import { addDoctorCommand } from './commands/doctor.ts';
import { addEvaluateCommand } from './commands/evaluate.ts';
import { addExportCommand } from './commands/export.ts';
import { addInspectCommand } from './commands/inspect.ts';
import { addLedgerCommand } from './commands/ledger.ts';
import { addRateCommand } from './commands/rate.ts';
import { addRenderCommand } from './commands/render.ts';
import { addSequenceCommand } from './commands/sequence.ts';
import { addServeCommand } from './commands/serve.ts';
import { addStylesCommand } from './commands/styles.ts';
import { addTenantCommand } from './commands/tenant.ts';
import { addTokenCommand } from './commands/token.ts';
import { addUpscaleCommand } from './commands/upscale.ts';
import { addWorkerCommand } from './commands/worker.ts';
import type { Io } from './terminal/io.ts';
import { reportError } from './terminal/report-error.ts';

const EXAMPLES = `
Start here:
  $ limner render jane.jpg --style mona-lisa.jpg     one portrait in one style
  $ limner doctor                                    what this machine can do
  $ limner help render                               all about a command, with examples`;

/** Runs the command line. @param args without node and script; the answer is the exit code */
export async function main(args: readonly string[], terminal: Io): Promise<number> {
  const json = args.includes('--json');
  const io = { ...terminal, isTerminal: terminal.isTerminal && !json };
  let exitCode = 0;
  try {
    const program = createProgram(io, (code) => {
      exitCode = code;
    });
    if (args[0] === 'help') showHelp(program, args.slice(1));
    else await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    return reportError(error instanceof CommanderError ? usageError(error) : error, io, json);
  }
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

function createProgram(io: Io, exit: (code: number) => void): Command {
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
  addRenderCommand(program, io, exit);
  addSequenceCommand(program, io);
  addBatchCommand(program, io, exit);
  addUpscaleCommand(program, io, exit);
  addAdaptCommand(program, io);
  addStylesCommand(program, io);
  addExportCommand(program, io, exit);
  addInspectCommand(program, io, exit);
  addLedgerCommand(program, io, exit);
  addEvaluateCommand(program, io);
  addRateCommand(program, io, exit);
  addDoctorCommand(program, io, exit);
  addServeCommand(program, io, exit);
  addWorkerCommand(program, io, exit);
  addTokenCommand(program, io, exit);
  addTenantCommand(program, io, exit);
  addBackupCommands(program, io, exit);
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
