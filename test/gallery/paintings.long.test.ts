import { PAINTED_PAIRS } from './pairs.ts';
import { testGallery } from './test-gallery.ts';

testGallery(PAINTED_PAIRS);
