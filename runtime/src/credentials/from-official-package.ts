import type { SharedFiles } from "../config/shared-files.js";
import { checkCredentials } from "./check.js";
import type { AwsCredentialIdentityProvider } from "../config/identity.js";
import type { CredentialContext, FoundCredentials, Unavailable } from "./types.js";

const name = "@aws-sdk/credential-providers";

/** How a profile obtains credentials, if that needs requests to other services. */
export interface OfficialWay {
  /** For messages: `SSO`. */
  readonly way: string;
  /** What to do if it fails. */
  readonly advice?: string | undefined;
}

/** The part of the package that is used. */
interface OfficialPackage {
  readonly fromIni: (options: object) => AwsCredentialIdentityProvider;
}

/**
 * The variable keeps bundlers from resolving the package; in bundles, the provider is passed as the client's option.
 */
const load = (): Promise<unknown> => import(/* @vite-ignore */ /* webpackIgnore: true */ name);

/**
 * Credentials of a profile that assumes a role or signs in, by `@aws-sdk/credential-providers`, if that is installed.
 *
 * @param load loads the package
 */
export async function credentialsFromOfficialPackage(
  profile: string,
  { configPath, credentialsPath }: SharedFiles,
  { way, advice }: OfficialWay,
  { region }: CredentialContext,
  loadPackage: () => Promise<unknown> = load,
): Promise<FoundCredentials | Unavailable> {
  let official: OfficialPackage;
  try {
    official = (await loadPackage()) as OfficialPackage;
  } catch (cause) {
    const reason = isMissing(cause)
      ? `profile "${profile}" uses ${way}, which needs ${name}: npm install ${name}, or in a bundle pass its fromIni() as the client option credentials`
      : `profile "${profile}" uses ${way}, and ${name} cannot be loaded; see the cause`;
    return { reason, isBroken: true, cause };
  }
  const provider = official.fromIni({
    profile,
    configFilepath: configPath,
    filepath: credentialsPath,
    // The package's cache has no expiry: a refresh would return the old contents of the files.
    ignoreCache: true,
    ...(region !== undefined && { parentClientConfig: { region } }),
  });
  try {
    const found = checkCredentials(await provider(), `The result of fromIni() of ${name}`);
    return { ...found, source: `${way} of profile "${profile}"` };
  } catch (cause) {
    const what = cause instanceof Error ? cause.name : typeof cause;
    // Without the provider's message, which may quote secrets.
    const failed = `profile "${profile}" uses ${way}, and fromIni() of ${name} failed with ${what}; see the cause`;
    return { reason: advice ? `${failed}; ${advice}` : failed, isBroken: true, cause };
  }
}

/** Whether the package itself is missing, not one of its dependencies. */
function isMissing(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as NodeJS.ErrnoException;
  return (code === "ERR_MODULE_NOT_FOUND" || code === "MODULE_NOT_FOUND") && error.message.includes(`'${name}'`);
}
