import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { loadSharedFiles } from "#runtime/config/shared-files.js";
import type { Settings } from "#runtime/config/parse-shared-file.js";
import { sharedPath } from "../support/shared.js";
import { environmentWith } from "../unit/runtime/config/support.js";

/** The shared config and credentials files, as all AWS SDKs read them. */
const file = sharedPath("conformance/credentials/profile-files.json");

type Sections = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

interface Case {
  readonly name: string;
  readonly input: { readonly configFile?: string; readonly credentialsFile?: string };
  readonly output: { readonly profiles?: Sections; readonly ssoSessions?: Sections; readonly errorContaining?: string };
}

const cases = file ? (JSON.parse(readFileSync(file, "utf8")) as { tests: readonly Case[] }).tests : [];

describe.skipIf(!file)("the shared files", () => {
  it("have 118 cases", () => {
    expect(cases).toHaveLength(118);
  });

  it.each(cases)("$name", async ({ input, output }) => {
    const { configFile: config, credentialsFile: credentials } = input;
    const environment = environmentWith({
      ...(config !== undefined && { config }),
      ...(credentials !== undefined && { credentials }),
    });
    const files = await loadSharedFiles(environment);
    const { profiles, ssoSessions, problems } = files;
    const all = [...problems, ...[...profiles.values(), ...ssoSessions.values()].flatMap((each) => each.problems)];
    if (output.errorContaining !== undefined) expect(all.map(({ message }) => message)).not.toEqual([]);
    if (output.profiles) expect(sectionsOf(profiles)).toEqual(withoutEmptyBlocks(output.profiles));
    if (output.ssoSessions) expect(sectionsOf(ssoSessions)).toEqual(withoutEmptyBlocks(output.ssoSessions));
  });
});

/** A setting without a value and a block without settings are the same here. */
function withoutEmptyBlocks(sections: Sections): Sections {
  const isEmpty = (value: unknown): boolean =>
    typeof value === "object" && value !== null && Object.keys(value).length === 0;
  const settings = (section: Sections[string]): Sections[string] =>
    Object.fromEntries(Object.entries(section).map(([name, value]) => [name, isEmpty(value) ? "" : value]));
  return Object.fromEntries(Object.entries(sections).map(([name, section]) => [name, settings(section)]));
}

function sectionsOf(sections: ReadonlyMap<string, Settings>): object {
  return Object.fromEntries([...sections].map(([name, settings]) => [name, nested(settings)]));
}

/** Settings with those of blocks in objects, as the suite has them. */
function nested(settings: Settings): object {
  const result: Record<string, unknown> = {};
  for (const name of settings.names) {
    const [block = "", ...rest] = name.split(".");
    const inner = rest.join(".");
    const outer = result[block];
    if (inner === "" || !settings.names.includes(block)) result[name] = settings.get(name);
    else result[block] = { ...(typeof outer === "object" && outer), [inner]: settings.get(name) };
  }
  return result;
}
