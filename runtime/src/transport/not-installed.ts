import { codeOf } from "./error-code.js";

/** Whether loading failed because the package is not installed, as in a bundled program. */
export function isNotInstalled(error: unknown): boolean {
  return /MODULE_NOT_FOUND|PACKAGE_PATH_NOT_EXPORTED|VM_DYNAMIC_IMPORT/.test(codeOf(error) ?? "");
}
