import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { generateInto } from "../../support/generate-client.js";
import { root, sharedPath } from "../../support/shared.js";
import { complaints, folder } from "./support/check.js";

const own = {
  bookshelf: join(root, "test/fixtures/golden/bookshelf/model.json"),
  hostile: join(root, "test/fixtures/golden/hostile/model.json"),
  cloudtrail: join(root, "model/cloudtrail.json"),
};
const foreign = {
  ec2: sharedPath("conformance/protocols/ec2.awsec2.json"),
  restjson: sharedPath("conformance/protocols/restjson.restjson.json"),
  jsonprotocol: sharedPath("conformance/protocols/json.jsonprotocol.json"),
};

describe("generated code compiles under the strictest settings", () => {
  for (const [name, model] of Object.entries({ ...own, ...foreign })) {
    it.skipIf(model === undefined)(
      name,
      async () => {
        rmSync(join(folder, name), { recursive: true, force: true });
        mkdirSync(join(folder, name), { recursive: true });
        await generateInto(join(folder, name), model ?? "");
        expect(complaints(name)).toBe("");
      },
      120_000,
    );
  }
});
