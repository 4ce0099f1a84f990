import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { parseSharedFile, type Section, Settings } from "../../config/parse-shared-file.js";
import { profileName, processEnvironment } from "../../config/environment.js";

/**
 * The Region of the environment, else of the profile in the shared config file. Read synchronously, since a service object
 * has its endpoint from the start.
 *
 * @throws ConfigurationError if a malformed line of the profile seems to define it
 */
export function regionOutside(): string | undefined {
  const { env } = processEnvironment;
  return env["AWS_REGION"] || env["AMAZON_REGION"] || env["AWS_DEFAULT_REGION"] || profileSetting("region");
}

/** A setting of the profile in the shared config file. @throws ConfigurationError for an invalid config file */
export function profileSetting(setting: string): string | undefined {
  const { env } = processEnvironment;
  const path = env["AWS_CONFIG_FILE"] || join(homedir(), ".aws", "config");
  const profile = profileName(processEnvironment);
  const sections = sectionsIn(path).filter(({ type, name }) => {
    return name === profile && (type === "profile" || (type === undefined && name === "default"));
  });
  const settings = new Settings();
  for (const section of sections) settings.add(section.settings);
  return settings.get(setting);
}

function sectionsIn(path: string): readonly Section[] {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    // No such file, or one that this user may not read: if the setting is required, the request reports that it is missing.
    return [];
  }
  return parseSharedFile(text, path).sections;
}
