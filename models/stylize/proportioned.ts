/** A portrait whose people have other proportions, before anything is painted: all that follows sees only this one. */
import { type Face, followFace } from '../face/index.ts';
import { changeProportions } from '../proportions/change-proportions.ts';
import { type Changes, changesFor, isTurned, LARGEST_YAW, ownProportions } from '../proportions/changes.ts';
import { showsFace } from './plan.ts';
import type { ParsedFace, PortraitAnalysis } from './portrait-analysis.ts';
import type { PreparedStyle } from './reference.ts';
import type { StylizeOptions } from './settings.ts';

type Wishes = Pick<StylizeOptions, 'proportions' | 'exaggerate'>;

/** What is asked of one person, and what was settled when it was made before; the same for all pictures of a shot. */
export interface PersonChange {
  readonly changes: Changes;
  /** Whether glasses are worn, where that is known. */
  readonly isRigid?: boolean;
  /** 0..1: how much of the change was made, so that no more of it is made later. */
  readonly most?: number;
}

/** What is asked of each person of a portrait. */
export interface ProportionPlan {
  /** 0..1: how far towards the reference's proportions. */
  readonly proportions: number;
  /** One for each of the portrait's faces, in their order; null leaves a face as it is. */
  readonly people: readonly (PersonChange | null)[];
  readonly warnings: readonly string[];
}

export interface Proportioned {
  readonly analysis: PortraitAnalysis;
  /** The plan's, with what this portrait has settled. */
  readonly people: readonly (PersonChange | null)[];
  /** 0..1: how far towards the reference's proportions. */
  readonly proportions: number;
  readonly warnings: readonly string[];
}

/** @throws nothing; what cannot be done is in the warnings */
export const proportioned = (
  analysis: PortraitAnalysis,
  style: PreparedStyle,
  wishes: Wishes,
): Proportioned => applyProportions(analysis, planProportions(analysis, style, wishes));

export function planProportions(
  { faces }: { readonly faces: readonly Face[] },
  style: PreparedStyle,
  { proportions: wished = 'auto', exaggerate = 0 }: Wishes,
): ProportionPlan {
  const reference = showsFace(style) ? style.face.landmarks : null;
  const { proportions, warnings } = resolve(wished, reference);
  if (proportions === 0 && exaggerate === 0) return { proportions, people: faces.map(() => null), warnings };
  const people = faces.map(({ landmarks }) =>
    isTurned(landmarks) ? null : { changes: changesFor(landmarks, reference, { proportions, exaggerate }) },
  );
  return {
    proportions,
    people,
    warnings: [...warnings, ...(people.includes(null) ? [turned('A face')] : [])],
  };
}

/** @param plan for as many faces as are restyled, in their order */
export function applyProportions(analysis: PortraitAnalysis, plan: ProportionPlan): Proportioned {
  const { proportions, people, warnings } = plan;
  if (people.every((person) => person === null)) return { analysis, people, proportions, warnings };
  let shown = { picture: analysis.portrait, matte: analysis.matte };
  const moved = new Map<Face, Face>(analysis.found.map((face) => [face, face]));
  const made = analysis.faces.map((face, i): PersonChange | null => {
    const person = people[i];
    if (!person) return null;
    const { changes, ...settled } = person;
    const others = analysis.found.filter((other) => other !== face).map((other) => moved.get(other) ?? other);
    const result = changeProportions(shown, face, changes, { others, ...settled });
    shown = result;
    moved.set(face, result.face);
    return { changes, isRigid: result.isRigid, most: result.share };
  });
  const after = (face: Face) => moved.get(face) ?? face;
  const faces = analysis.faces.map((face): ParsedFace => {
    const there = after(face);
    return there === face ? face : { ...there, parsing: followFace(face.parsing, there.landmarks) };
  });
  return {
    analysis: {
      ...analysis,
      portrait: shown.picture,
      matte: shown.matte,
      found: analysis.found.map((face) => {
        const parsed = analysis.faces.indexOf(face as ParsedFace);
        return parsed < 0 ? after(face) : faces[parsed];
      }),
      faces,
    },
    people: made,
    proportions,
    warnings: [...warnings, ...made.flatMap(warnOfFolds)],
  };
}

/** How far to go, where that is left to the reference, too. */
function resolve(wished: number | 'auto', reference: Float32Array | null) {
  if (wished === 'auto') {
    const proportions = reference ? ownProportions(reference) : 0;
    const said = `The reference's face is far from a person's; its proportions are taken by ${proportions} (0 keeps the person's own).`;
    return { proportions, warnings: proportions > 0 ? [said] : [] };
  }
  if (wished === 0) return { proportions: 0, warnings: [] };
  if (!reference)
    return {
      proportions: 0,
      warnings: ['The reference shows no face, so there are no proportions to be taken.'],
    };
  if (isTurned(reference)) return { proportions: 0, warnings: [turned('The face of the reference')] };
  return { proportions: wished, warnings: [] };
}

const turned = (who: string) =>
  `${who} is turned more than ${LARGEST_YAW}° to the side, which hides its proportions; they are not used.`;

const warnOfFolds = (person: PersonChange | null): string[] => {
  const share = person?.most ?? 1;
  return share === 1
    ? []
    : [
        `Proportions are changed by ${Math.round(100 * share)} % of what was asked; more would fold the picture.`,
      ];
};
