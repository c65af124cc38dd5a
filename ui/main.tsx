/** Entry of the window. */
import { openWindow } from './app/open-window.tsx';

void openWindow();
