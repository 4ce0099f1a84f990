import { readFile, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import type { Environment } from "./environment.js";
import { type FileProblem, parseSharedFile, type Section, Settings, type SharedFile } from "./parse-shared-file.js";

/** The two files together. */
export interface SharedFiles {
  /** Settings of each profile; those of the credentials file take precedence. */
  readonly profiles: ReadonlyMap<string, Settings>;
  /** `[services …]` sections: `endpoint_url` by service, as `cloudtrail.endpoint_url`. */
  readonly services: ReadonlyMap<string, Settings>;
  readonly ssoSessions: ReadonlyMap<string, Settings>;
  readonly configPath: string;
  readonly credentialsPath: string;
  /** Files that cannot be read, and malformed lines outside of sections. */
  readonly problems: readonly FileProblem[];
}

/**
 * Reads AWS's shared files: `AWS_CONFIG_FILE` and `AWS_SHARED_CREDENTIALS_FILE`, by default `config` and `credentials`
 * in `~/.aws`. A missing file is empty. A file that cannot be read, or has malformed lines, does not fail here: what
 * needs a setting that may be in it reports the problem.
 */
export async function loadSharedFiles(environment: Environment): Promise<SharedFiles> {
  const { env } = environment;
  const home = homeOf(environment);
  const configPath = pathOf(env["AWS_CONFIG_FILE"], home, "config");
  const credentialsPath = pathOf(env["AWS_SHARED_CREDENTIALS_FILE"], home, "credentials");
  const [config, credentials] = await Promise.all([
    readSharedFile(configPath, "AWS_CONFIG_FILE"),
    readSharedFile(credentialsPath, "AWS_SHARED_CREDENTIALS_FILE"),
  ]);

  const ofType = (type: string) => config.sections.filter((section) => section.type === type);
  const profiles = ofType("profile");
  const defaults = config.sections.filter(({ type, name }) => type === undefined && name === "default");
  // `[profile default]` takes precedence over `[default]`.
  const isOverridden = profiles.some(({ name }) => name === "default");
  const inCredentials = credentials.sections.filter(({ type }) => type === undefined);
  return {
    profiles: merge([...(isOverridden ? [] : defaults), ...profiles, ...inCredentials]),
    services: merge(ofType("services")),
    ssoSessions: merge(ofType("sso-session")),
    configPath,
    credentialsPath,
    problems: [...config.problems, ...credentials.problems],
  };
}

/** A sentence with the problems that may be the reason why a profile lacks a setting; empty if there are none. */
export function problemsOf({ problems, profiles }: SharedFiles, profile: string): string {
  const all = [...problems, ...(profiles.get(profile)?.problems ?? [])];
  const messages = [...new Set(all.map(({ message }) => message))];
  const more = messages.length > 3 ? `; and ${messages.length - 3} more` : "";
  return messages.length === 0 ? "" : ` Problems of the shared files: ${messages.slice(0, 3).join("; ")}${more}`;
}

/** The home directory, with the folder `.aws`. */
export function homeOf({ homeDirectory, env }: Environment): string {
  return homeDirectory || env["HOME"] || homeOnWindows(env) || homedir();
}

function homeOnWindows(env: Environment["env"]): string | undefined {
  if (process.platform !== "win32") return undefined;
  return env["USERPROFILE"] || (env["HOMEDRIVE"] && env["HOMEPATH"] && env["HOMEDRIVE"] + env["HOMEPATH"]);
}

function pathOf(given: string | undefined, home: string, name: string): string {
  if (!given) return join(home, ".aws", name);
  return /^~[/\\]/.test(given) ? join(home, given.slice(2)) : given;
}

async function readSharedFile(path: string, variable: string): Promise<SharedFile> {
  try {
    return parseSharedFile(await readFile(path, "utf8"), path);
  } catch (error) {
    if (!(await isVisible(path))) return { sections: [], problems: [] };
    const { code } = error as NodeJS.ErrnoException;
    const message = `${path} cannot be read (${code}): make it a readable file, or set ${variable} to another one`;
    return { sections: [], problems: [{ path, message, isDirectory: code === "EISDIR" }] };
  }
}

/** False for a file that this user cannot even see, as in another user's home directory: it counts as missing. */
function isVisible(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** Merges sections with the same name; later settings take precedence. */
function merge(sections: readonly Section[]): Map<string, Settings> {
  const merged = new Map<string, Settings>();
  for (const { name, settings } of sections) {
    const known = merged.get(name) ?? new Settings();
    known.add(settings);
    merged.set(name, known);
  }
  return merged;
}
