import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * The license that the project around a folder names in its `package.json`, the nearest one from `folder` upwards: what is
 * generated into a project is under its license.
 */
export function licenseAround(folder: string): string | undefined {
  let text: string;
  try {
    text = readFileSync(join(folder, "package.json"), "utf8");
  } catch {
    const parent = dirname(folder);
    return parent === folder ? undefined : licenseAround(parent);
  }
  try {
    const { license } = JSON.parse(text) as { readonly license?: unknown };
    return typeof license === "string" && license !== "" ? license : undefined;
  } catch {
    return undefined;
  }
}
