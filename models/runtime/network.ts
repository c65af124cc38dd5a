import type { DeviceName } from './device.ts';
import type { Session } from './session.ts';

/** Something that answers by one network: what it asks and how it reads the answer is the subclass's. */
export abstract class Network {
  protected readonly session: Session;

  constructor(session: Session) {
    this.session = session;
  }

  /** What runs it really, never `auto`. */
  get device(): DeviceName {
    return this.session.device;
  }

  /** Gives back what the session holds; nothing can be asked afterwards. */
  release(): Promise<void> {
    return this.session.release();
  }
}
