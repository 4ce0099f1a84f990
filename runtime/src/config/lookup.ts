import { ConfigurationError } from "../errors/client.js";
import { type Environment, profileName } from "./environment.js";
import type { SharedFiles } from "./shared-files.js";

/** A value and its source, for messages. */
export interface Found {
  readonly text: string;
  readonly source: string;
}

/** Finds settings: environment variables first, then the profile, if it was loaded. An empty value counts as not set. */
export class Lookup {
  /** True once a setting was looked up in a profile that was not loaded. */
  isIncomplete = false;
  readonly #environment: Environment;
  readonly #files: SharedFiles | undefined;

  constructor(environment: Environment, files?: SharedFiles) {
    this.#environment = environment;
    this.#files = files;
  }

  /** @param setting of the profile; by default, it is named like the first variable */
  find(variables: readonly string[], setting = settingOf(variables[0])): Found | undefined {
    for (const variable of variables) {
      const found = this.inEnvironment(variable);
      if (found) return found;
    }
    return this.inProfile(setting);
  }

  boolean(variable: string, setting?: string): boolean | undefined {
    const found = this.find([variable], setting);
    if (!found) return undefined;
    const text = found.text.toLowerCase();
    if (text === "true" || text === "false") return text === "true";
    throw new ConfigurationError(`${found.source} must be true or false, but is ${JSON.stringify(found.text)}`);
  }

  inEnvironment(variable: string): Found | undefined {
    const text = this.#environment.env[variable];
    return text ? { text, source: variable } : undefined;
  }

  inProfile(setting: string): Found | undefined {
    if (!this.#files) {
      this.isIncomplete = true;
      return undefined;
    }
    const profile = profileName(this.#environment);
    const found = this.#files.profiles.get(profile)?.find(setting);
    return found?.text
      ? { text: found.text, source: `${found.path}:${found.line}: ${setting} of profile "${profile}"` }
      : undefined;
  }

  /** Looks in the `[services …]` section that the profile refers to. */
  inServices(setting: string): Found | undefined {
    const section = this.inProfile("services");
    if (!section || !this.#files) return undefined;
    const settings = this.#files.services.get(section.text);
    if (!settings) {
      const reference = `${section.source} names a section [services ${section.text}]`;
      throw new ConfigurationError(`${reference}, which is not in ${this.#files.configPath}`);
    }
    const found = settings.find(setting);
    return found?.text
      ? { text: found.text, source: `${found.path}:${found.line}: ${setting} in [services ${section.text}]` }
      : undefined;
  }
}

/** `AWS_MAX_ATTEMPTS` → `max_attempts`. */
function settingOf(variable = ""): string {
  return variable.slice(4).toLowerCase();
}
