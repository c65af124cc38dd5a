import type { Actions } from '../app/actions.ts';
import type { State } from '../app/state.ts';

export interface ScreenProps {
  readonly state: State;
  readonly actions: Actions;
}
