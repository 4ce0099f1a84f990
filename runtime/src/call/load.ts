/**
 * Undefined if a module cannot be loaded, for example without free file handles: that must not mask the call's outcome.
 */
export async function unlessUnloadable<Module>(loading: Promise<Module>): Promise<Module | undefined> {
  try {
    return await loading;
  } catch {
    return undefined;
  }
}
