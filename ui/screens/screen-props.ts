import type { Actions } from '../app/actions.ts';
import type { State } from '../app/state.ts';

export interface ScreenProps {
  readonly state: State;
  readonly actions: Actions;
  /** Whether the user comes back from correcting a style's face. */
  readonly isBack?: boolean;
}
