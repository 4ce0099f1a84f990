import type { SharedFiles } from "../config/shared-files.js";
import { checkCredentials } from "./check.js";
import type { AwsCredentialIdentityProvider, CredentialContext, FoundCredentials, Unavailable } from "./types.js";

const name = "@aws-sdk/credential-providers";

/** How a profile gets its credentials where calls to other services are needed. */
export interface OfficialWay {
  /** In words for people: `SSO`. */
  readonly way: string;
  /** What to do when it fails, where that is known. */
  readonly advice?: string | undefined;
}

/** What is used of the package. */
interface OfficialPackage {
  readonly fromIni: (options: object) => AwsCredentialIdentityProvider;
}

/** By a name that bundlers do not follow: who bundles gives the provider as the client's option. */
const load = (): Promise<unknown> => import(/* @vite-ignore */ /* webpackIgnore: true */ name);

/**
 * The credentials of a profile that assumes a role or signs in, by AWS's own package where its user has installed it.
 *
 * @param load how the package is loaded
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
      ? `profile "${profile}" uses ${way}, which needs ${name}: npm install ${name}, or in a bundle give its fromIni() as the client's option credentials`
      : `profile "${profile}" uses ${way}, and ${name} cannot be loaded; the cause says why`;
    return { reason, isBroken: true, cause };
  }
  const provider = official.fromIni({
    profile,
    configFilepath: configPath,
    filepath: credentialsPath,
    // Its cache has no end: a refresh would go by what the files once held.
    ignoreCache: true,
    ...(region !== undefined && { parentClientConfig: { region } }),
  });
  try {
    const found = checkCredentials(await provider(), `The answer of fromIni() of ${name}`);
    return { ...found, source: `${way} of profile "${profile}"` };
  } catch (cause) {
    const what = cause instanceof Error ? cause.name : typeof cause;
    // Not its message: providers quote what they could not read, and that may be a secret.
    const failed = `profile "${profile}" uses ${way}, and fromIni() of ${name} failed with ${what}, which is the cause`;
    return { reason: advice ? `${failed}; ${advice}` : failed, isBroken: true, cause };
  }
}

/** True where the package itself is not there, rather than something that it needs. */
function isMissing(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as NodeJS.ErrnoException;
  return (code === "ERR_MODULE_NOT_FOUND" || code === "MODULE_NOT_FOUND") && error.message.includes(`'${name}'`);
}
