/** `limner evaluate style`. */
import type { Command } from 'commander';
import { withHint } from '../../../models/errors.ts';
import {
  describeStyles,
  evaluateStyle,
  type StyleEvaluationOptions,
} from '../../evaluation/evaluate-style.ts';
import { countOption } from '../options/option-values.ts';
import { addRenderOptions, type RenderOptions, stylizeOptionsOf } from '../options/render-options.ts';
import type { Io } from '../terminal/io.ts';
import { createProgress } from '../terminal/progress.ts';
import { reportWarning } from '../terminal/report-error.ts';

const STYLE_HELP = `
Examples:
  $ limner evaluate style --portraits people/ --styles paintings/ --sheet sheet.png
  $ limner evaluate style --portraits people/ --styles oils/ drawings/ --every 40 --likeness 0.8 --json > result.json

identity         cosine of face embeddings of portrait and result; different people have about 0.42
landmarkError    mean distance of 468 points, in inter-ocular distances, found again on the result
gazeError        mean distance of the irises over the width of their eyes
styleDistance    sliced Wasserstein distance of the Lab colours of result and reference
textureDistance  the same of 7×7 patches less their mean, inside the faces
completeness     from patches of the reference's person to the nearest of the result's, mean square in Lab²: what of
                 the medium is missing
coherence        the same from the result to the reference: what is not made of the reference's patches
photographicResidue  share of the result's fine detail that is the portrait's, outside the features of the face
toneOrder        Spearman's correlation of the lightness of faces before and after, for styles of 3 or more portraits
Identity and tone order are better when higher, all others when lower. byFolder has the means of each folder of styles.
Pictures without a face are skipped and listed. Look at the sheet, too: a better number may be a worse picture.`;

interface StyleOptions
  extends RenderOptions,
    Pick<
      StyleEvaluationOptions,
      'portraits' | 'styles' | 'every' | 'limit' | 'sheet' | 'results' | 'debug' | 'baselines'
    > {}

export function addStyleCommand(evaluate: Command, io: Io): void {
  const style = evaluate
    .command('style')
    .description('Render every portrait in every style and measure likeness and style.')
    .requiredOption('--portraits <dir>', 'folder of photographs')
    .requiredOption('--styles <dir...>', 'folders of style references')
    .addOption(countOption('--every <n>', 'use every n-th portrait only').default(1))
    .addOption(countOption('--limit <n>', 'use at most n portraits'))
    .option('--sheet <file>', 'write a contact sheet: styles down, portraits across')
    .option('--results <dir>', 'write every result to this folder, as STYLES/PORTRAIT.STYLE.png')
    .option('--debug <dir>', 'write how every result came about: segments, guides, field, corrections')
    .option('--no-baselines', 'leave out the untouched portrait and Reinhard colour transfer');
  addRenderOptions(style)
    .addHelpText('after', STYLE_HELP)
    .action(async (options: StyleOptions) => {
      const progress = createProgress(io);
      const report = await evaluateStyle({
        ...options,
        stylizeOptions: stylizeOptionsOf(options),
        signal: io.signal,
        onProgress: progress.update,
        onSkip(name, failure) {
          progress.clear();
          reportWarning(`Skipped: ${withHint(failure)} [${failure.code}]`, io, options.json, {
            portrait: name,
          });
        },
      }).finally(progress.clear);
      io.out(options.json ? JSON.stringify(report) : describeStyles(report));
    });
}
