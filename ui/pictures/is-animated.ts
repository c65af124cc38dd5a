/** Whether a file is a GIF of several frames: each has a graphic control extension, which begins with these bytes. */
export function isAnimated(file: Uint8Array): boolean {
  if (String.fromCharCode(...file.subarray(0, 4)) !== 'GIF8') return false;
  let frames = 0;
  for (let at = file.indexOf(0x21); at >= 0 && frames < 2; at = file.indexOf(0x21, at + 1))
    if (file[at + 1] === 0xf9 && file[at + 2] === 4) frames++;
  return frames > 1;
}
