import { readFileSync } from "node:fs";
import * as cloudtrail from "@clientsmith/cloudtrail";
import { isServiceError } from "@clientsmith/runtime";
import { beforeAll, describe, expect, it } from "vitest";
import { peer, peerFile, peersInstalled } from "../../support/peers.js";
import type { ScriptedResponse, Call, Caller } from "./support/calls.js";
import { leastInput, localName, model, operations } from "./support/model.js";
import { callOurs } from "./support/ours.js";
import { loadV3 } from "./support/v3.js";

const isInstalled = await peersInstalled();
const package3 = "@aws-sdk/client-cloudtrail";

const errorIds = Object.entries(model.shapes)
  .filter(([, shape]) => shape.traits?.["smithy.api#error"] !== undefined)
  .map(([id]) => id);

/** What an error says in either client, under the names of ours. */
interface Facts {
  readonly name: string;
  readonly message: string;
  readonly fault: unknown;
  readonly status: unknown;
  readonly requestId: unknown;
}

describe.skipIf(!isInstalled)("errors of CloudTrail, beside the official client", () => {
  let v3: Caller;
  let module3: Record<string, unknown>;
  beforeAll(async () => {
    [v3, module3] = await Promise.all([loadV3(), peer(package3)]);
  }, 120_000);

  async function bothFail(response: ScriptedResponse, operation = "GetTrail"): Promise<[Call, Call]> {
    const input = leastInput(operation);
    return await Promise.all([callOurs(operation, input, response), v3(operation, input, response)]);
  }

  it.each(operations)("$name has the errors that the official client documents", ({ name, errors }) => {
    const declarations = readFileSync(peerFile(package3, `dist-types/commands/${name}Command.d.ts`), "utf8");
    const documented = [...declarations.matchAll(/@throws \{@link (\w+)\}/g)].map(([, error]) => error ?? "");
    const wanted = documented.filter((error) => error !== "CloudTrailServiceException");
    expect(errors.map(localName).toSorted()).toEqual(wanted.toSorted());
  });

  it.each(errorIds.map(localName))("%s has the same fault and status", (name) => {
    const [, , , traits] = module3[`${name}$`] as [number, string, string, { error: string; httpError?: number }];
    const shape = model.shapes[errorIds.find((id) => localName(id) === name) ?? ""];
    expect(shape?.traits?.["smithy.api#error"]).toBe(traits.error);
    expect(shape?.traits?.["smithy.api#httpError"]).toBe(traits.httpError);
  });

  it.each(operations.flatMap(({ name, errors }) => errors.map((id) => [localName(id), name] as const)))(
    "%s of %s reads the same",
    async (error, operation) => {
      const given: ScriptedResponse = {
        status: 400,
        body: JSON.stringify({ __type: error, message: `about ${error}` }),
      };
      const [ours, theirs] = await bothFail(given, operation);
      expect(ourFacts(ours.error)).toEqual(theirFacts(theirs.error));
      expect(ours.error).toBeInstanceOf((cloudtrail as Readonly<Record<string, unknown>>)[error]);
      expect(theirs.error).toBeInstanceOf(module3[error]);
    },
  );

  const named = "TrailNotFoundException";
  it.each<[string, ScriptedResponse]>([
    ["__type, bare", { status: 404, body: JSON.stringify({ __type: named, message: "m" }) }],
    [
      "__type with a namespace",
      { status: 404, body: JSON.stringify({ __type: `com.amazonaws.cloudtrail#${named}`, message: "m" }) },
    ],
    [
      "__type with a URI",
      { status: 404, body: JSON.stringify({ __type: `a.b#${named}:http://example.com/`, message: "m" }) },
    ],
    [
      "the header, with a URI",
      { status: 404, headers: { "x-amzn-errortype": `${named}:http://example.com/` }, body: '{"message":"m"}' },
    ],
    ["code", { status: 404, body: JSON.stringify({ code: named, message: "m" }) }],
    [
      "a code that is not modelled",
      { status: 400, body: JSON.stringify({ __type: "AccessDeniedException", Message: "no" }) },
    ],
    [
      "a code that is not modelled, by the server",
      { status: 503, body: JSON.stringify({ __type: "ServiceUnavailable", message: "later" }) },
    ],
    ["a modelled error with a status of 500", { status: 500, body: JSON.stringify({ __type: named, message: "m" }) }],
    ["the message as Message", { status: 404, body: JSON.stringify({ __type: named, Message: "capital" }) }],
    [
      "both spellings of the message",
      { status: 404, body: JSON.stringify({ __type: named, Message: "A", message: "b" }) },
    ],
  ])("reads an error named by %s the same", async (_what, scripted) => {
    const [ours, theirs] = await bothFail(scripted);
    expect(ourFacts(ours.error)).toEqual(theirFacts(theirs.error));
  });

  // v3 says "UnknownError" for both; we say what is known.
  it("adds a message to an error without one", async () => {
    const [ours, theirs] = await bothFail({ status: 404, body: JSON.stringify({ __type: named }) });
    expect(theirs.error?.message).toBe("UnknownError");
    expect(ours.error?.message).toBe("GetTrail failed with status 404");
    expect(ours.error).toBeInstanceOf(cloudtrail.TrailNotFoundException);
  });

  it.each([
    ["no body", ""],
    ["an empty object", "{}"],
  ])("calls an error with %s unexpected, where v3 calls it Unknown", async (_what, body) => {
    const [ours, theirs] = await bothFail({ status: 502, body });
    expect(theirs.error?.name).toBe("Unknown");
    expect(ours.error).toMatchObject({ name: "UnexpectedResponseError", status: 502 });
  });
});

function ourFacts(error: unknown): Facts {
  if (!isServiceError(error)) throw error;
  const { name, message, fault, status, requestId } = error;
  return { name, message, fault, status, requestId };
}

function theirFacts(error: unknown): Facts {
  const { name, message, $fault, $metadata } = error as Error & {
    $fault: string;
    $metadata: { httpStatusCode: number; requestId: string };
  };
  return { name, message, fault: $fault, status: $metadata.httpStatusCode, requestId: $metadata.requestId };
}
