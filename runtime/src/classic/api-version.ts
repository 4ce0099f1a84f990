import type { ServiceConfig } from "./config.js";
import type { ServiceDefinition } from "./types.js";

/**
 * There is one version of a service here, so asking for one only shows that it is too old: the newest one up to a date is
 * what is asked for.
 *
 * @throws Error where all versions are newer
 */
export function checkApiVersion({ serviceIdentifier, apiVersions }: ServiceDefinition, config: ServiceConfig): void {
  const asked = config.apiVersions?.[serviceIdentifier] ?? config.apiVersion ?? "latest";
  const version = asked instanceof Date ? asked.toISOString().slice(0, 10) : asked;
  if (apiVersions.length === 0 || apiVersions.some((each) => each.slice(0, 10) <= version)) return;
  throw new Error(`Could not find ${serviceIdentifier} API to satisfy version constraint \`${version}'`);
}
