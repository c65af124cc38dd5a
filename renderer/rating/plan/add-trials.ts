/** Which pictures a question is asked about. */
import type { Condition, Question, QuestionName, Trial } from './plan.ts';
import { WORDINGS } from './questions.ts';

export interface TrialTable {
  readonly conditions: Condition[];
  readonly items: readonly {
    readonly name: string;
    readonly isTraining: boolean;
    readonly isSequence: boolean;
    /** Opaque names by condition. */
    readonly versions: ReadonlyMap<string, string>;
    /** Opaque names of what is shown beside: `original`, `reference`. */
    readonly beside: ReadonlyMap<string, string>;
  }[];
}

/** Items between two with a check among their choices. */
const CHECK_EVERY = 5;

export function addTrials(name: QuestionName, table: TrialTable): Pick<Question, 'trials' | 'training'> {
  const { scale } = WORDINGS[name];
  const fitting = table.items.filter(({ isSequence }) => isSequence === (name === 'steadiness'));
  const asked = fitting.filter(({ isTraining }) => !isTraining);
  const trials = scale === '2AFC' ? pairs(name, asked, table) : scored(name, asked);
  return { trials, training: name === 'realism' ? training(fitting) : [] };
}

type Items = TrialTable['items'];

function scored(name: QuestionName, items: Items): Trial[] {
  const { beside } = WORDINGS[name];
  // Each question has its own anchor.
  const unwanted = name === 'realism' ? 'reinhard' : 'nearest';
  return items.flatMap((item) =>
    [...item.versions]
      .filter(([condition]) => condition !== unwanted)
      .map(([, id]) => ({ item: item.name, stimuli: [id], ...shown(item, beside) })),
  );
}

/** All pairs of methods; and for some items the original against a method, which nobody can miss. */
function pairs(name: QuestionName, items: Items, { conditions }: TrialTable): Trial[] {
  const { beside } = WORDINGS[name];
  const methods = conditions.filter(({ kind }) => kind === 'method').map((condition) => condition.name);
  return items.flatMap((item, n) => {
    const trials: Trial[] = [];
    methods.forEach((a, i) => {
      for (const b of methods.slice(i + 1)) {
        const stimuli = [item.versions.get(a), item.versions.get(b)].filter((id) => id !== undefined);
        trials.push({ item: item.name, stimuli, ...shown(item, beside) });
      }
    });
    const original = item.versions.get('original');
    const method = item.versions.get(methods[n % methods.length]);
    if (original && method && n % CHECK_EVERY === 0)
      trials.push({ item: item.name, stimuli: [original, method], ...shown(item, beside), isCheck: true });
    return trials;
  });
}

function shown(item: Items[number], what: 'reference' | 'original' | null): Pick<Trial, 'beside'> {
  const id = what === null ? undefined : item.beside.get(what);
  return id === undefined ? {} : { beside: id };
}

/** The ends of the scale, as Ledig et al. showed them: nearest is 1, the original 5. */
function training(items: Items): Question['training'] {
  return items
    .filter(({ isTraining }) => isTraining)
    .flatMap((item) =>
      [
        { condition: 'nearest', answer: 1 },
        { condition: 'original', answer: 5 },
      ].flatMap(({ condition, answer }) => {
        const id = item.versions.get(condition);
        return id === undefined ? [] : [{ item: item.name, stimuli: [id], answer }];
      }),
    );
}
