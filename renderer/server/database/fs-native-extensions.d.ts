/** The part that is used: https://github.com/holepunchto/fs-native-extensions */
declare module 'fs-native-extensions' {
  /** An exclusive lock on the whole file, until it is closed. @returns false when another has it */
  export function tryLock(fd: number): boolean;
}
