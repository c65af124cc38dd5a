/** `limner evaluate`: quality in numbers. */
import type { Command } from 'commander';
import type { Io } from '../terminal/io.ts';
import { addAdaptCommand } from './evaluate-adapt.ts';
import { addFacesCommand } from './evaluate-faces.ts';
import { addProportionsCommand } from './evaluate-proportions.ts';
import { addSegmentsCommand } from './evaluate-segments.ts';
import { addSequenceCommand } from './evaluate-sequence.ts';
import { addSrCommand } from './evaluate-sr.ts';
import { addStyleCommand } from './evaluate-style.ts';
import { addTrackingCommand } from './evaluate-tracking.ts';

export function addEvaluateCommand(program: Command, io: Io): void {
  const evaluate = program.command('evaluate').description('Measure quality over many pictures.');
  addStyleCommand(evaluate, io);
  addProportionsCommand(evaluate, io);
  addAdaptCommand(evaluate, io);
  addSrCommand(evaluate, io);
  addFacesCommand(evaluate, io);
  addSegmentsCommand(evaluate, io);
  addTrackingCommand(evaluate, io);
  addSequenceCommand(evaluate, io);
}
