/**
 * People's proportions through a sequence. What is asked of each person is fixed by the first picture of a shot that
 * shows it, so that nothing flickers; only a head that turns aside goes back to its own proportions, little by little.
 */
import type { Face } from '../face/index.ts';
import type { Plane } from '../image/picture.ts';
import { smoothstep } from '../image/smoothstep.ts';
import { LARGEST_YAW } from '../proportions/changes.ts';
import { frontalMesh } from '../proportions/frontal-mesh.ts';
import type { PortraitAnalysis } from '../stylize/portrait-analysis.ts';
import { applyProportions, type PersonChange, planProportions } from '../stylize/proportioned.ts';
import type { PreparedStyle } from '../stylize/reference.ts';
import type { StylizeOptions } from '../stylize/settings.ts';
import type { TrackedFace } from '../track/index.ts';

/** A picture of a sequence and its people. */
export interface ShownPeople extends Pick<PortraitAnalysis, 'portrait'> {
  readonly found: readonly TrackedFace[];
  /** Those of them that are restyled. */
  readonly faces: readonly TrackedFace[];
}

/** The same deformed. */
export interface Reproportioned extends ShownPeople {
  /** Deformed with its people; null where nothing was. */
  readonly matte: Plane | null;
  /** What was not said before. */
  readonly warnings: readonly string[];
}

/** Plain data, for a run that goes on later. */
export interface ProportionMemory {
  readonly people: readonly (readonly [number, PersonChange])[];
  readonly said: readonly string[];
}

/** A head that is turned by so much less (degrees) than hides its proportions begins to go back to its own. */
const GOES_BACK = 12;

export class ShotProportions {
  readonly #style: PreparedStyle;
  readonly #wishes: Pick<StylizeOptions, 'proportions' | 'exaggerate'>;
  /** By identity. */
  #people = new Map<number, PersonChange>();
  #said = new Set<string>();

  constructor(style: PreparedStyle, wishes: Pick<StylizeOptions, 'proportions' | 'exaggerate'>) {
    this.#style = style;
    this.#wishes = wishes;
  }

  /** A new shot begins. */
  cut(): void {
    this.#people.clear();
  }

  /** @param matteOf of the people before they are deformed; asked only where somebody is */
  async next(shown: ShownPeople, matteOf: () => Promise<Plane>): Promise<Reproportioned> {
    const { portrait, found, faces } = shown;
    const planned = faces.map((face) => this.#plan(face));
    const proportions = Math.max(0, ...planned.map((plan) => plan.proportions));
    const people = planned.map(({ change }, i) => change && faded(change, faces[i]));
    const spoken = planned.flatMap(({ warnings }) => warnings);
    if (people.every((person) => person === null))
      return { ...shown, matte: null, warnings: this.#unsaid(spoken) };
    const parsed = faces.map((face) => ({ ...face, parsing: [] }));
    const all: Face[] = found.map((face) => parsed[faces.indexOf(face)] ?? face);
    const analysis = { portrait, quarters: 0, found: all, faces: parsed, matte: await matteOf() };
    const result = applyProportions(analysis, { proportions, people, warnings: spoken });
    result.people.forEach((made, i) => {
      const { changes } = planned[i].change ?? {};
      if (made && changes) this.#people.set(faces[i].identity, { ...made, changes });
    });
    const { analysis: changed } = result;
    return {
      portrait: changed.portrait,
      found: found.map((face, i) => ({ ...face, ...geometryOf(changed.found[i]) })),
      faces: faces.map((face, i) => ({ ...face, ...geometryOf(changed.faces[i]) })),
      matte: changed.matte,
      warnings: this.#unsaid(result.warnings),
    };
  }

  save(): ProportionMemory {
    return { people: [...this.#people], said: [...this.#said] };
  }

  load({ people, said }: ProportionMemory): void {
    this.#people = new Map(people);
    this.#said = new Set(said);
  }

  /** What is asked of a person, now or since it was first seen from the front in this shot. */
  #plan(face: TrackedFace) {
    const known = this.#people.get(face.identity);
    if (known) return { change: known, proportions: 0, warnings: [] };
    const { people, proportions, warnings } = planProportions({ faces: [face] }, this.#style, this.#wishes);
    return { change: people[0], proportions, warnings };
  }

  #unsaid(warnings: readonly string[]): string[] {
    const unsaid = warnings.filter((warning) => !this.#said.has(warning));
    for (const warning of unsaid) this.#said.add(warning);
    return [...new Set(unsaid)];
  }
}

/** Nothing is asked of a head that is turned too far, and less of one that is nearly. */
function faded(person: PersonChange, { landmarks }: TrackedFace): PersonChange | null {
  const weight = smoothstep((LARGEST_YAW - Math.abs(frontalMesh(landmarks).yaw)) / GOES_BACK);
  if (weight === 0) return null;
  return { ...person, changes: person.changes.map((change) => (change === null ? null : weight * change)) };
}

const geometryOf = ({ box, score, landmarks, angle, interocular }: Face): Face => ({
  box,
  score,
  landmarks,
  angle,
  interocular,
});
