import * as fc from "../../support/fast-check.js";
import { beforeAll, describe, expect, it } from "vitest";
import { arbitraryValue } from "../../support/arbitrary-input.js";
import { peersInstalled } from "../../support/peers.js";
import type { HttpRequest } from "#runtime/schema/http.js";
import type { Caller } from "./support/calls.js";
import { model, operations, seed } from "./support/model.js";
import { callOurs } from "./support/ours.js";
import { resign } from "./support/resign.js";
import { loadV2, type V2Builder } from "./support/v2.js";
import { loadV3 } from "./support/v3.js";

const isInstalled = await peersInstalled();

/** Inputs made for each operation, besides one with its required members only and one with all its members. */
const runs = 20;

describe.skipIf(!isInstalled)("requests of CloudTrail, beside the official clients", () => {
  let v3: Caller;
  let v2: V2Builder;
  beforeAll(async () => {
    [v3, v2] = await Promise.all([loadV3(), loadV2()]);
  }, 120_000);

  it("knows all 18 operations", () => expect(operations).toHaveLength(18));

  describe.each(operations)("$name", ({ name, input }) => {
    async function expectSameRequests(value: object): Promise<void> {
      const [ours, theirs] = await Promise.all([callOurs(name, value), v3(name, value)]);
      expect(whatIsAsked(ours.request)).toEqual(whatIsAsked(theirs.request));
      const built = v2(name, value);
      expect({ method: built.method, path: built.path }).toEqual({
        method: ours.request.method,
        path: ours.request.path,
      });
      expect(JSON.parse(built.body)).toEqual(bodyOf(ours.request));
      expect(resign(theirs.request, "cloudtrail")).toBe(theirs.request.headers["authorization"]);
    }

    it.each(["none", "all", "some"] as const)("sends the same, with %s of the optional members", async (presence) => {
      const values = arbitraryValue(model, input, presence) as fc.Arbitrary<object>;
      const numRuns = presence === "some" ? runs : 1;
      await fc.assert(fc.asyncProperty(values, expectSameRequests), { seed, numRuns });
    });
  });
});

/** The parts of a request that the service reads; the rest is a client's own business. */
function whatIsAsked(request: HttpRequest): object {
  return {
    method: request.method,
    origin: request.origin,
    path: request.path,
    query: request.query,
    host: request.headers["host"],
    target: request.headers["x-amz-target"],
    contentType: request.headers["content-type"],
    sessionToken: request.headers["x-amz-security-token"],
    body: bodyOf(request),
  };
}

function bodyOf({ body }: HttpRequest): unknown {
  return JSON.parse(typeof body === "string" ? body : new TextDecoder().decode(body));
}
