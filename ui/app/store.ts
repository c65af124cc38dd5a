/** One state, changed by actions. */
import { type Action, reduce } from './reduce.ts';
import { INITIAL_STATE, type State } from './state.ts';

export interface Store {
  readonly state: State;
  dispatch(action: Action): void;
  /** Called after every change. */
  subscribe(listener: () => void): void;
}

export function createStore(): Store {
  let state = INITIAL_STATE;
  const listeners: (() => void)[] = [];
  return {
    get state() {
      return state;
    },
    dispatch(action) {
      state = reduce(state, action);
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.push(listener);
    },
  };
}
