import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { parseSharedFile, type Section, Settings } from "../../config/parse-shared-file.js";
import { profileName, processEnvironment } from "../../config/environment.js";

/**
 * The region that nobody gives: of the environment, else of the profile in the shared config file. Read at once, since a
 * service object has its endpoint from the start.
 *
 * @throws ConfigurationError if a malformed line of the profile seems to define the region
 */
export function regionOutside(): string | undefined {
  const { env } = processEnvironment;
  return env["AWS_REGION"] || env["AMAZON_REGION"] || env["AWS_DEFAULT_REGION"] || regionOfProfile();
}

function regionOfProfile(): string | undefined {
  const { env } = processEnvironment;
  const path = env["AWS_CONFIG_FILE"] || join(homedir(), ".aws", "config");
  const profile = profileName(processEnvironment);
  const sections = sectionsIn(path).filter(({ type, name }) => {
    return name === profile && (type === "profile" || (type === undefined && name === "default"));
  });
  const settings = new Settings();
  for (const section of sections) settings.add(section.settings);
  return settings.get("region");
}

function sectionsIn(path: string): readonly Section[] {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    // No such file, or none that this user may read: the region is then to be given otherwise, as the request says.
    return [];
  }
  return parseSharedFile(text, path).sections;
}
