/** Imports a Node built-in by a name that bundlers do not follow, so this folder can be bundled for a browser. */
export function importBuiltin<Module>(name: `node:${string}`): Promise<Module> {
  return import(name);
}
