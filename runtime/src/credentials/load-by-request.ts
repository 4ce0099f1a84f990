import type { SharedFiles } from "../config/shared-files.js";
import type { CredentialContext, FoundCredentials, Unavailable } from "./types.js";

/** Credentials of a profile that needs requests to other services. `visited` are the profiles that led to it. */
export type ByRequest = (
  name: string,
  files: SharedFiles,
  context: CredentialContext,
  visited: readonly string[],
) => Promise<FoundCredentials | Unavailable>;

const entryPoint = "@clientsmith/runtime/credentials";

/** The variable keeps bundlers from including the module: few programs assume roles or sign in. */
const load = (): Promise<unknown> => import(/* @vite-ignore */ /* webpackIgnore: true */ entryPoint);

/**
 * Credentials of a profile that assumes a role or signs in, by the entry point that sends the requests for it.
 *
 * @param loadModule loads the entry point
 */
export async function loadByRequest(
  name: string,
  files: SharedFiles,
  context: CredentialContext,
  visited: readonly string[],
  loadModule: () => Promise<unknown> = load,
): Promise<FoundCredentials | Unavailable> {
  let byRequest: ByRequest;
  try {
    ({ credentialsByRequest: byRequest } = (await loadModule()) as { readonly credentialsByRequest: ByRequest });
  } catch (cause) {
    const reason = `profile "${name}" assumes a role or signs in, which this bundle does not contain: pass fromProfile() of ${entryPoint} as the client option credentials`;
    return { reason, isBroken: true, cause };
  }
  return byRequest(name, files, context, visited);
}
