/** Ends the present turn: what is asynchronous in Figma must not be over before the next message comes in here. */
export function turn(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
}
