import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Environment } from "#runtime/config/environment.js";
import { loadSharedFiles, problemsOf } from "#runtime/config/shared-files.js";
import { environmentWith } from "./support.js";

async function profiles(environment: Environment): Promise<Record<string, Record<string, string>>> {
  const files = await loadSharedFiles(environment);
  return Object.fromEntries(
    [...files.profiles].map(([name, settings]) => [
      name,
      Object.fromEntries(settings.names.map((setting) => [setting, settings.get(setting) ?? ""])),
    ]),
  );
}

test("files that are not there are empty", async () => {
  const { homeDirectory } = environmentWith();
  const files = await loadSharedFiles({ env: {}, homeDirectory: join(homeDirectory, "nobody") });
  expect(files.profiles.size + files.services.size + files.ssoSessions.size).toBe(0);
  expect(files.configPath).toBe(join(homeDirectory, "nobody", ".aws", "config"));
  expect(files.credentialsPath).toBe(join(homeDirectory, "nobody", ".aws", "credentials"));
});

test("profiles of both files are one, and the credentials file wins", async () => {
  const environment = environmentWith({
    config: "[default]\nregion = a\naws_access_key_id = config\n[profile dev]\nregion = b",
    credentials: "[default]\naws_access_key_id = credentials\n[dev]\naws_access_key_id = dev\n[only]\nx = 1",
  });
  expect(await profiles(environment)).toEqual({
    default: { region: "a", aws_access_key_id: "credentials" },
    dev: { region: "b", aws_access_key_id: "dev" },
    only: { x: "1" },
  });
});

test("sections of one name are one, and the later setting wins", async () => {
  const config = "[profile dev]\na = 1\nb = 1\n[default]\n[profile dev]\nb = 2\nc = 2";
  expect(await profiles(environmentWith({ config }))).toMatchObject({ dev: { a: "1", b: "2", c: "2" } });
});

test("each file has its own way to write a profile's name", async () => {
  const environment = environmentWith({ config: "[dev]\na = 1", credentials: "[profile dev]\na = 2" });
  expect(await profiles(environment)).toEqual({});
});

test("[profile default] puts [default] out of force, wherever it is", async () => {
  const config = "[profile default]\na = 1\n[default]\na = 2\nb = 2";
  expect(await profiles(environmentWith({ config }))).toEqual({ default: { a: "1" } });
});

test("sso-session and services sections are of the config file and no profiles", async () => {
  const config = "[sso-session corp]\nsso_region = x\n[services local]\ncloudtrail =\n  endpoint_url = http://h";
  const files = await loadSharedFiles(environmentWith({ config, credentials: "[services local]\na = 1" }));
  expect(files.profiles.size).toBe(0);
  expect(files.ssoSessions.get("corp")?.get("sso_region")).toBe("x");
  expect(files.services.get("local")?.get("cloudtrail.endpoint_url")).toBe("http://h");
  expect(files.services.get("local")?.get("a")).toBeUndefined();
});

test("variables report where the files are, with ~ as the home directory", async () => {
  const { homeDirectory } = environmentWith({ config: "[default]\na = not this" });
  writeFileSync(join(homeDirectory, "c"), "[default]\na = 1");
  writeFileSync(join(homeDirectory, "k"), "[default]\nb = 2");
  const env = { AWS_CONFIG_FILE: "~/c", AWS_SHARED_CREDENTIALS_FILE: join(homeDirectory, "k") };
  expect(await profiles({ env, homeDirectory })).toEqual({ default: { a: "1", b: "2" } });
});

test.for(["HOME", ...(process.platform === "win32" ? ["USERPROFILE"] : [])])(
  "%s is the home directory where none is given",
  async (name) => {
    const { homeDirectory } = environmentWith({ config: "[default]\na = 1" });
    expect(await profiles({ env: { [name]: homeDirectory } })).toEqual({ default: { a: "1" } });
  },
);

test("a directory in place of a file is a problem with the way out, not a failure", async () => {
  const environment = environmentWith({ config: "[default]\nregion = a" });
  mkdirSync(join(environment.homeDirectory, ".aws", "credentials"));
  const files = await loadSharedFiles(environment);
  expect(files.profiles.get("default")?.get("region")).toBe("a");
  expect(files.problems.map(({ message }) => message)).toEqual([
    expect.stringMatching(/credentials cannot be read \(EISDIR\).*AWS_SHARED_CREDENTIALS_FILE/),
  ]);
});

test("problems of the files and of a profile are described in one sentence, with their lines", async () => {
  const environment = environmentWith({
    config: "above\n[default]\noops\n[profile other]\noops",
    credentials: "[default]\noops\noops\noops",
  });
  const config = join(environment.homeDirectory, ".aws", "config");
  const files = await loadSharedFiles(environment);
  const expected = `${config}:1: a setting must be below a section header such as [default]; ${config}:3: expected "name = value" or "[section]"; `;
  expect(problemsOf(files, "default")).toContain(` Problems of the shared files: ${expected}`);
  expect(problemsOf(files, "default")).toMatch(/credentials:2: expected "name = value" or "\[section\]"; and 2 more$/);
  expect(problemsOf(files, "other")).toMatch(/config:1: .*; .*config:5: expected "name = value" or "\[section\]"$/);
  expect(problemsOf(await loadSharedFiles(environmentWith({ config: "[default]" })), "default")).toBe("");
});

test("a setting that is unclear in one section and clear in a later one of the same profile is used", async () => {
  const config = "[default]\nregion x\n[default]\nregion = a";
  const files = await loadSharedFiles(environmentWith({ config }));
  expect(files.profiles.get("default")?.get("region")).toBe("a");
});
