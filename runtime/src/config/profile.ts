import type { Environment } from "./environment.js";

/** Name of the profile to use: `AWS_PROFILE`, else `default`. */
export function profileName({ env }: Environment): string {
  return env["AWS_PROFILE"] || "default";
}
