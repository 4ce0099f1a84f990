import { readFile, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { ConfigurationError } from "../errors/client.js";
import type { Environment } from "./environment.js";
import { parseSharedFile, type Section, type Settings } from "./parse-shared-file.js";

/** The two files together. */
export interface SharedFiles {
  /** Settings of each profile; where both files have one, that of the credentials file. */
  readonly profiles: ReadonlyMap<string, Settings>;
  /** `[services …]` sections: `endpoint_url` by service, as `cloudtrail.endpoint_url`. */
  readonly services: ReadonlyMap<string, Settings>;
  readonly ssoSessions: ReadonlyMap<string, Settings>;
  readonly configPath: string;
  readonly credentialsPath: string;
  /** Path of the file that a setting of a profile is from. */
  readonly fileOf: (profile: string, setting: string) => string;
}

/**
 * Reads AWS's shared files: `AWS_CONFIG_FILE` and `AWS_SHARED_CREDENTIALS_FILE`, by default `config` and `credentials`
 * in `~/.aws`. One that is not there is empty.
 *
 * @throws ConfigurationError for a file that is there but cannot be read, or is malformed
 */
export async function loadSharedFiles(environment: Environment): Promise<SharedFiles> {
  const { env } = environment;
  const home = environment.homeDirectory || env["HOME"] || env["USERPROFILE"] || homedir();
  const configPath = pathOf(env["AWS_CONFIG_FILE"], home, "config");
  const credentialsPath = pathOf(env["AWS_SHARED_CREDENTIALS_FILE"], home, "credentials");
  const [config, credentials] = await Promise.all([
    readSections(configPath, "AWS_CONFIG_FILE"),
    readSections(credentialsPath, "AWS_SHARED_CREDENTIALS_FILE"),
  ]);

  const ofType = (type: string) => config.filter((section) => section.type === type);
  const profiles = ofType("profile");
  const defaults = config.filter(({ type, name }) => type === undefined && name === "default");
  // `[profile default]` puts `[default]` out of force.
  const isOverruled = profiles.some(({ name }) => name === "default");
  const inCredentials = credentials.filter(({ type }) => type === undefined);
  return {
    profiles: merge([...(isOverruled ? [] : defaults), ...profiles, ...inCredentials]),
    services: merge(ofType("services")),
    ssoSessions: merge(ofType("sso-session")),
    configPath,
    credentialsPath,
    fileOf: (profile, setting) =>
      inCredentials.some(({ name, settings }) => name === profile && settings.has(setting))
        ? credentialsPath
        : configPath,
  };
}

function pathOf(given: string | undefined, home: string, name: string): string {
  if (!given) return join(home, ".aws", name);
  return /^~[/\\]/.test(given) ? join(home, given.slice(2)) : given;
}

async function readSections(path: string, variable: string): Promise<Section[]> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if (!(await isVisible(path))) return [];
    const { code } = error as NodeJS.ErrnoException;
    const advice = `make it readable, or point ${variable} to another file`;
    throw new ConfigurationError(`${path} cannot be read (${code}): ${advice}`, { cause: error });
  }
  return parseSharedFile(text, path);
}

/** False for a file that this user cannot even see, as in another user's home directory: it is as good as missing. */
function isVisible(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** Sections of one name as one; later settings win. */
function merge(sections: readonly Section[]): Map<string, Settings> {
  const merged = new Map<string, Map<string, string>>();
  for (const { name, settings } of sections) {
    const known = merged.get(name);
    if (!known) merged.set(name, new Map(settings));
    else for (const [setting, value] of settings) known.set(setting, value);
  }
  return merged;
}
