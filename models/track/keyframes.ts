/** What a target has looked like so far: following always the last frame drifts, following only the first one loses it. */
import { likeness, type Template } from './regressor.ts';

/** A look less like every keyframe than the first is new; less like all of them than the second, it may be no longer the target. */
const NEW_BELOW = 0.8;
const TRUSTED_ABOVE = 0.5;
/** Those kept; then the oldest but the first is forgotten. */
const MOST_KEYFRAMES = 24;

export class Keyframes {
  readonly #templates: Template[];

  constructor(first: Template) {
    this.#templates = [first];
  }

  /** The keyframes that a look is likest, the likest first. */
  likest(look: Template, count: number): Template[] {
    return this.#templates
      .map((template) => ({ template, likeness: likeness(template, look) }))
      .sort((a, b) => b.likeness - a.likeness)
      .slice(0, count)
      .map(({ template }) => template);
  }

  /** Keeps a look that is new and still trusted. */
  consider(look: Template): void {
    const most = likeness(this.likest(look, 1)[0], look);
    if (most >= NEW_BELOW || most <= TRUSTED_ABOVE) return;
    this.#templates.push(look);
    if (this.#templates.length > MOST_KEYFRAMES) this.#templates.splice(1, 1);
  }
}
