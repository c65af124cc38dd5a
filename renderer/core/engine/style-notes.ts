import type { Picture } from '../../../models/image/picture.ts';
import { hasRepeatedOverlay } from '../../../models/image/repeated-overlay.ts';

const WATERMARK =
  'The same marks lie all over the reference, as a watermark does, and can show in results: use a copy without them.';

/** What somebody should know of a reference; too slow (about 0.2 s) for the window's previews. */
export const styleNotes = (reference: Picture): string[] =>
  hasRepeatedOverlay(reference) ? [WATERMARK] : [];
