import { expect, test } from "vitest";
import { loadByRequest } from "#runtime/credentials/load-by-request.js";
import { loadSharedFiles } from "#runtime/config/shared-files.js";
import { contextWith } from "./support.js";

test("a bundle without the entry point states what to import", async () => {
  const context = contextWith();
  const files = await loadSharedFiles(context.environment);
  const cause = new Error("Cannot find package");
  expect(await loadByRequest("dev", files, context, [], () => Promise.reject(cause))).toEqual({
    reason:
      'profile "dev" assumes a role or signs in, which this bundle does not contain: pass fromProfile() of @clientsmith/runtime/credentials as the client option credentials',
    isBroken: true,
    cause,
  });
});
