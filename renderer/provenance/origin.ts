/** What a picture says about how it was made. Names of files of persons are not part of it, hashes of them are. */
import { createHash } from 'node:crypto';

/** SHA-256 in lower-case hexadecimal. */
export type Sha256 = string;

export interface Origin {
  /** What Limner did to the source. */
  readonly action: 'restyled' | 'enlarged' | 'exported';
  /** The file it began with. */
  readonly source: Sha256;
  readonly style?: { readonly name: string; readonly sha256: Sha256 };
}

export const sha256 = (bytes: Uint8Array | string): Sha256 =>
  createHash('sha256').update(bytes).digest('hex');

/** A sentence for people, in manifests and XMP. */
export function describeOrigin({ action, style }: Origin): string {
  switch (action) {
    case 'restyled':
      return `Portrait restyled${style ? ` in the style ${style.name}` : ''}.`;
    case 'enlarged':
      return 'Picture enlarged by a trained network.';
    case 'exported':
      return `Frame exported${style ? `, its portraits restyled in the style ${style.name}` : ''}.`;
    default:
      throw action satisfies never;
  }
}
