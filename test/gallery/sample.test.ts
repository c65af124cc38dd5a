import { SAMPLE_PAIRS } from './pairs.ts';
import { testGallery } from './test-gallery.ts';

testGallery(SAMPLE_PAIRS);
