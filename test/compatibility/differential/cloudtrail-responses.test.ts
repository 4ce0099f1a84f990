import * as fc from "../../support/fast-check.js";
import { beforeAll, describe, expect, it } from "vitest";
import { arbitraryValue } from "../../support/arbitrary-input.js";
import { peersInstalled } from "../../support/peers.js";
import { type ScriptedResponse, type Call, type Caller, requestId } from "./support/calls.js";
import { leastInput, model, operations, seed } from "./support/model.js";
import { callOurs } from "./support/ours.js";
import { loadV3 } from "./support/v3.js";

const isInstalled = await peersInstalled();

/** Responses made for each operation, besides an empty one and one with all members. */
const runs = 20;

describe.skipIf(!isInstalled)("responses of CloudTrail, read beside the official client", () => {
  let v3: Caller;
  beforeAll(async () => {
    v3 = await loadV3();
  }, 120_000);

  async function bothRead(operation: string, body: string): Promise<[Call, Call]> {
    const input = leastInput(operation);
    const response: ScriptedResponse = { status: 200, body };
    return await Promise.all([callOurs(operation, input, response), v3(operation, input, response)]);
  }

  describe.each(operations)("$name", ({ name, output }) => {
    it.each(["none", "all", "some"] as const)("reads the same, with %s of the members", async (presence) => {
      const values = arbitraryValue(model, output, presence);
      const numRuns = presence === "some" ? runs : 1;
      await fc.assert(
        fc.asyncProperty(values, async (value) => {
          const [ours, theirs] = await bothRead(name, toWire(value));
          expect(modelled(ours)).toEqual(value);
          expect(modelled(theirs)).toEqual(value);
          expect(theirs.output).toMatchObject({ $metadata: { requestId, httpStatusCode: 200, attempts: 1 } });
          expect(ours.output).toMatchObject({ $metadata: { requestId, status: 200, attempts: 1 } });
        }),
        { seed, numRuns },
      );
    });
  });

  it.each([
    ["members that the model does not know", "GetTrail", '{"Trail":{"Name":"audit","New":{"a":[1]}},"Other":"x"}'],
    ["null members", "GetTrail", '{"Trail":{"Name":"audit","KmsKeyId":null,"HomeRegion":null}}'],
    ["a null structure", "GetTrail", '{"Trail":null}'],
    ["empty lists and structures", "LookupEvents", '{"Events":[{"Resources":[]},{}]}'],
    ["an enum value that is new", "GetEventSelectors", '{"EventSelectors":[{"ReadWriteType":"Sometimes"}]}'],
    ["fractions of a second", "LookupEvents", '{"Events":[{"EventTime":1423267200.123},{"EventTime":1.5e9}]}'],
    ["a time before 1970", "LookupEvents", '{"Events":[{"EventTime":-1.5}]}'],
    ["an empty body", "StartLogging", ""],
  ])("reads %s the same", async (_what, operation, body) => {
    const [ours, theirs] = await bothRead(operation, body);
    expect(theirs.error).toBeUndefined();
    expect(modelled(ours)).toEqual(modelled(theirs));
  });

  // The list's members cannot be null in the model (it is not sparse), nor in the types of either client.
  it("leaves null out of a list, where v3 keeps it against its own types", async () => {
    const [ours, theirs] = await bothRead("LookupEvents", '{"Events":[null,{"EventId":"1"}]}');
    expect(modelled(ours)).toEqual({ Events: [{ EventId: "1" }] });
    expect(modelled(theirs)).toEqual({ Events: [null, { EventId: "1" }] });
  });
});

/** The members of the output, with bytes as plain arrays of them. */
function modelled(call: Call): unknown {
  if (call.error) throw call.error;
  const { $metadata, ...members } = call.output ?? {};
  expect($metadata).toBeDefined();
  return plain(members);
}

function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return new Uint8Array(value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  const members = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(members.map(([name, item]) => [name, plain(item)]));
}

/** The awsJson form of a value: seconds for a timestamp, base64 for a blob. */
function toWire(value: unknown): string {
  const convert = (item: unknown): unknown => {
    if (item instanceof Date) return item.getTime() / 1000;
    if (item instanceof Uint8Array) return Buffer.from(item).toString("base64");
    if (Array.isArray(item)) return item.map(convert);
    if (typeof item !== "object" || item === null) return item;
    return Object.fromEntries(Object.entries(item).map(([name, inner]) => [name, convert(inner)]));
  };
  return JSON.stringify(convert(value));
}
