/** Portraits and styles that stay prepared, in the window and in its worker alike. */
export const KEPT = 4;
