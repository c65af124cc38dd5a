/** Which consents are in force, as far as the ledger tells. */
import type { Entry, SCOPES } from './entry.ts';
import type { Observer } from './ledger.ts';

export type Scope = (typeof SCOPES)[number];
export type Consent = Extract<Entry, { kind: 'consent' }>;

export class Consents {
  readonly #byPortrait = new Map<string, Map<string, Consent>>();
  readonly #portraits = new Map<string, string>();

  /** For a ledger to tell. A revocation ends a consent for good; a deleted portrait has none left. */
  readonly observe: Observer = (entry) => {
    switch (entry.kind) {
      case 'consent':
        this.#grant(entry);
        break;
      case 'revocation':
        this.#byPortrait.get(this.#portraits.get(entry.consent) ?? '')?.delete(entry.consent);
        break;
      case 'deletion':
        this.#byPortrait.delete(entry.file);
        break;
    }
  };

  /** A consent that allows this to be done with the portrait now, or null. */
  find(portrait: string, scope: Scope, now: Date = new Date()): Consent | null {
    const consents = [...(this.#byPortrait.get(portrait)?.values() ?? [])];
    return consents.find(({ scopes, until }) => scopes.includes(scope) && now < new Date(until)) ?? null;
  }

  /** Whether a consent of this id was ever given. */
  has(id: string): boolean {
    return this.#portraits.has(id);
  }

  #grant(consent: Consent): void {
    if (this.#portraits.has(consent.consent)) return;
    this.#portraits.set(consent.consent, consent.portrait);
    const others = this.#byPortrait.get(consent.portrait) ?? new Map<string, Consent>();
    this.#byPortrait.set(consent.portrait, others.set(consent.consent, consent));
  }
}
