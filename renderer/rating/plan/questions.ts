/** The questions, word for word as they are asked. */
import type { Question, QuestionName } from './plan.ts';

type Wording = Omit<Question, 'trials' | 'training' | 'name'> & {
  /** What is shown beside. */
  readonly beside: 'reference' | 'original' | null;
};

/** Absolute category rating: ITU-T P.910, 7.1. */
const QUALITY = ['Bad', 'Poor', 'Fair', 'Good', 'Excellent'];
/** Degradation category rating: ITU-T P.910, 7.2. */
const DEGRADATION = [
  'Very annoying',
  'Annoying',
  'Slightly annoying',
  'Perceptible but not annoying',
  'Imperceptible',
];

const scale = (labels: readonly string[]) => labels.map((label, i) => ({ value: i + 1, label }));
const SIDES = [
  { value: -1, label: 'Left' },
  { value: 1, label: 'Right' },
];
export const NEITHER = { value: 0, label: 'No difference' };

/** Seconds. Shorter votes are clicks. */
const MINIMUM = 1;

export const WORDINGS: Readonly<Record<QuestionName, Wording>> = {
  quality: {
    scale: 'ACR',
    ask: 'How good is this picture, as a portrait?',
    beside: null,
    answers: scale(QUALITY),
    minimumSeconds: MINIMUM,
    plannedSeconds: 6,
  },
  medium: {
    scale: 'DCR',
    ask: 'The left picture should look made by the same hand, in the same medium as the right one. How is the difference?',
    beside: 'reference',
    besideIs: 'Reference',
    answers: scale(DEGRADATION),
    minimumSeconds: MINIMUM,
    plannedSeconds: 8,
  },
  identity: {
    scale: '2AFC',
    ask: 'Which picture is more clearly the person in the photograph?',
    beside: 'original',
    besideIs: 'Photograph',
    answers: SIDES,
    minimumSeconds: MINIMUM,
    plannedSeconds: 7,
  },
  steadiness: {
    scale: '2AFC',
    ask: 'Which sequence is steadier? Look for flicker, jumps and swimming texture.',
    beside: null,
    answers: SIDES,
    minimumSeconds: 2,
    plannedSeconds: 10,
  },
  realism: {
    scale: 'ACR',
    ask: 'How good is the quality of this picture?',
    beside: null,
    answers: scale(QUALITY),
    minimumSeconds: MINIMUM,
    plannedSeconds: 6,
  },
};
