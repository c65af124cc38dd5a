import { DRAWINGS } from './pairs.ts';
import { testGallery } from './test-gallery.ts';

testGallery(DRAWINGS);
