import { readFileSync } from "node:fs";
import { afterEach, describe, expect, it, vi } from "vitest";
import { sharedPath } from "../support/shared.js";

/** Where the shared files are, on every platform. */
const file = sharedPath("conformance/credentials/profile-locations.json");

interface Case {
  readonly name: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly languageSpecificHome?: string;
  readonly platform: "linux" | "windows";
  readonly configLocation: string;
  readonly credentialsLocation: string;
}

const cases = file ? (JSON.parse(readFileSync(file, "utf8")) as { tests: readonly Case[] }).tests : [];
const { platform } = process;

afterEach(() => {
  Object.defineProperty(process, "platform", { value: platform });
  vi.doUnmock("node:os");
  vi.doUnmock("node:path");
  vi.resetModules();
});

describe.skipIf(!file)("the places of the shared files", () => {
  it("have 10 cases", () => {
    expect(cases).toHaveLength(10);
  });

  it.each(cases)("$name ($platform, $configLocation, $credentialsLocation)", async (each) => {
    const isWindows = each.platform === "windows";
    vi.resetModules();
    vi.doMock("node:os", () => ({ homedir: () => each.languageSpecificHome ?? "no-home" }));
    vi.doMock("node:path", async (original) => {
      const path = await original<typeof import("node:path")>();
      return isWindows ? path.win32 : path.posix;
    });
    Object.defineProperty(process, "platform", { value: isWindows ? "win32" : "linux" });
    const { loadSharedFiles } = await import("#runtime/config/shared-files.js");
    const { configPath, credentialsPath } = await loadSharedFiles({ env: each.environment });
    expect([configPath, credentialsPath]).toEqual([each.configLocation, each.credentialsLocation]);
  });
});
