import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type LocalService, startLocalService } from "#runtime/testing/index.js";
import { generateClient } from "../support/generate-client.js";
import { sharedPath } from "../support/shared.js";
import { exchange } from "./support/exchange.js";
import { malformedCases } from "./support/malformed.js";
import type { Ast } from "./support/model-values.js";
import { modelIn, withoutAuth } from "./support/server-suite.js";

/** Cases that fail, by id, each with the reason. The list only shrinks. */
const knownFailures: Readonly<Record<string, string>> = {
  RestJsonMalformedPatternReDOSString:
    "the pattern takes exponential time in JavaScript: the generator warns and leaves it out, so it is not checked",
};

describe.each([
  { file: "restjson.restjson.json", tests: 107, requests: 530 },
  { file: "validation.restjsonvalidation.json", tests: 84, requests: 125 },
])("malformed requests of $file", ({ file, tests, requests }) => {
  const path = sharedPath(`conformance/protocols/${file}`);
  const found = malformedCases(path ? (JSON.parse(readFileSync(path, "utf8")) as Ast) : { shapes: {} });

  describe.skipIf(!path)("are rejected", () => {
    let local: LocalService;
    beforeAll(async () => {
      const { folder } = await generateClient(path ?? "");
      const service = withoutAuth(await modelIn(folder));
      const handlers = Object.fromEntries(Object.keys(service.operations).map((name) => [name, () => ({})]));
      local = await startLocalService({ service, handlers: handlers as object, onError: () => {} });
    }, 60_000);
    afterAll(() => local.close());

    it(`has ${tests} cases with ${requests} requests`, () => {
      expect([found.tests, found.requests.length]).toEqual([tests, requests]);
    });

    it.each(found.requests.map((item) => [item.id, item] as const))("%s", async (id, { request, response }) => {
      const run = async (): Promise<void> => {
        const { method, uri, queryParams, headers = {}, body = "" } = request;
        const query = queryParams ? `?${queryParams.join("&")}` : "";
        const sent = await exchange(local.endpoint, { method, target: uri + query, headers, body: Buffer.from(body) });
        const text = sent.body.toString("utf8");
        expect([sent.status, text], JSON.stringify(request)).toEqual([response.code, expect.anything()]);
        for (const [name, value] of Object.entries(response.headers ?? {})) {
          expect(sent.headers[name.toLowerCase()], `${JSON.stringify(request)} ${text}`).toBe(value);
        }
        const contents = response.body?.assertion.contents;
        if (contents !== undefined) expect(JSON.parse(text)).toEqual(JSON.parse(contents));
      };
      if (knownFailures[id.split(" ", 1)[0] ?? ""] === undefined) await run();
      else await expect(run(), `${id} passes now: take it off the list`).rejects.toThrow();
    });
  });
});
