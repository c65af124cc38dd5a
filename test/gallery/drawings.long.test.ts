import { DRAWN_PAIRS } from './pairs.ts';
import { testGallery } from './test-gallery.ts';

testGallery(DRAWN_PAIRS);
