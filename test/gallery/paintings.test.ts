import { PAINTINGS } from './pairs.ts';
import { testGallery } from './test-gallery.ts';

testGallery(PAINTINGS);
