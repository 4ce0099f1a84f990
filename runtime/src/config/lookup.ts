import { ConfigurationError } from "../errors/client.js";
import { type Environment, profileName } from "./environment.js";
import type { SharedFiles } from "./shared-files.js";

/** A value that was found, and where, for messages. */
export interface Found {
  readonly text: string;
  readonly source: string;
}

/** Environment variables first, then the profile, where it was loaded. An empty value counts as none. */
export class Lookup {
  /** True once something was wanted of a profile that was not loaded. */
  isIncomplete = false;
  readonly #environment: Environment;
  readonly #files: SharedFiles | undefined;

  constructor(environment: Environment, files?: SharedFiles) {
    this.#environment = environment;
    this.#files = files;
  }

  find(variables: readonly string[], setting: string): Found | undefined {
    for (const variable of variables) {
      const found = this.inEnvironment(variable);
      if (found) return found;
    }
    return this.inProfile(setting);
  }

  boolean(variable: string, setting: string): boolean | undefined {
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
    const text = this.#files.profiles.get(profile)?.get(setting);
    return text ? { text, source: `${setting} of profile "${profile}"` } : undefined;
  }

  /** In the `[services …]` section that the profile names. */
  inServices(setting: string): Found | undefined {
    const section = this.inProfile("services");
    if (!section || !this.#files) return undefined;
    const settings = this.#files.services.get(section.text);
    if (!settings) {
      const wanted = `${section.source} names a section [services ${section.text}]`;
      throw new ConfigurationError(`${wanted}, which is not in ${this.#files.configPath}`);
    }
    const text = settings.get(setting);
    return text ? { text, source: `${setting} in [services ${section.text}]` } : undefined;
  }
}
