import { beforeAll, describe, expect, it } from "vitest";
import type { HttpRequest } from "#runtime/schema/http.js";
import { type Ast, shapeOf } from "../../../conformance/support/model-values.js";
import { arbitraryValue, type Presence } from "../../../support/arbitrary-input.js";
import * as fc from "../../../support/fast-check.js";
import { type ClientModule, generateClient } from "../../../support/generate-client.js";
import { peer, peersInstalled } from "../../../support/peers.js";
import type { ScriptedResponse, Call, Caller } from "./calls.js";
import { modelled, ourFacts, theirFacts } from "./facts.js";
import { fitForHttp, isStreamed, ownHeaders } from "./http.js";
import { localName, type ModelOperation, readServiceFacts, seed } from "./model.js";
import { callerOf } from "./ours.js";
import { resign } from "./resign.js";
import { loadV3 } from "./v3.js";
import { withDefaults } from "./with-defaults.js";
import type { Wire } from "./wires.js";

const isInstalled = await peersInstalled();

/** Values made for each operation in each direction, besides one with all members and one with the required alone. */
const runs = 5;
const presences = ["none", "all", "some"] as const;

export interface Comparison {
  /** Undefined where it is not there: then there is nothing to compare. */
  readonly modelFile: string | undefined;
  /** What the official client is, and its options beside those of every comparison. */
  readonly packageName: string;
  readonly className: string;
  readonly options?: () => Promise<object>;
  /** Name in the credential scope. */
  readonly signingName: string;
  readonly wire: () => Wire | Promise<Wire>;
  /** A protocol that the model does not declare; an overlay adds its trait. */
  readonly protocol?: string;
  /** Makes a value of a shape one that both clients treat alike; what they treat otherwise the suite is to show. */
  readonly fit?: (id: string, value: object) => object;
  /** Members of responses that the official client's model has and ours has not, by operation. */
  readonly newer?: Readonly<Record<string, object>>;
}

/** Both clients of a comparison, and what a test needs to call them and respond. */
export interface Compared {
  readonly module: ClientModule;
  readonly module3: Record<string, unknown>;
  readonly wire: Wire;
  bothCall(operation: string, input: object, response: ScriptedResponse): Promise<[Call, Call]>;
  /** A call with the least input, for its response. */
  bothRead(operation: string, scripted: ScriptedResponse): Promise<[Call, Call]>;
}

/**
 * Compares every operation of a service that streams nothing: requests, responses, each error. What else a suite has to
 * say of both clients it adds with `more`.
 */
export function compare(name: string, comparison: Comparison, more?: (compared: () => Compared) => void): void {
  const { modelFile, packageName, className, signingName, protocol, newer = {} } = comparison;
  // A file without any suite would fail.
  if (modelFile === undefined) {
    it.skipIf(true)(`${name} has a model`, () => expect(modelFile).toBeDefined());
    return;
  }
  const fit = (id: string, value: object): object => comparison.fit?.(id, value) ?? value;
  const { model, operations: all } = readServiceFacts(modelFile);
  const operations = all.filter(({ input, output }) => !isStreamed(model, input) && !isStreamed(model, output));

  describe.skipIf(!isInstalled)(`${name}, beside the official client`, () => {
    let compared: Compared;
    beforeAll(async () => {
      const overlays = protocol === undefined ? [] : [overlayOf(model, protocol)];
      const [{ module }, module3, wire, v3] = await Promise.all([
        generateClient(modelFile, { overlays, ...(protocol !== undefined && { protocol }) }),
        peer(packageName),
        comparison.wire(),
        loadV3(packageName, className, await comparison.options?.()),
      ]);
      compared = callBoth({ module, module3, wire, ours: callerOf(module, className), v3, model, operations });
    }, 120_000);

    it("has every operation; those that stream are compared by themselves", () => {
      const missing = operations.filter((each) => !(`${lowerFirst(each.name)}` in compared.module));
      expect(missing).toEqual([]);
    });

    const forRuns = (presence: Presence) => ({ seed, numRuns: presence === "some" ? runs : 1 });

    describe.each(operations)("$name", ({ name: operation, input, output, errors }) => {
      it.each(presences)("sends the same, with %s of the optional members", async (presence) => {
        const { wire } = compared;
        const empty = wire.response(model, "smithy.api#Unit", {}, 200);
        const expectSame = async (value: object): Promise<void> => {
          const [sent, sent3] = await compared.bothCall(operation, value, empty);
          expect(whatIsAsked(sent.request, wire)).toEqual(whatIsAsked(sent3.request, wire));
          expect(resign(sent3.request, signingName)).toBe(sent3.request.headers["authorization"]);
        };
        await fc.assert(
          fc.asyncProperty(
            inputsOf(model, input, presence).map((value) => fit(input, value)),
            expectSame,
          ),
          forRuns(presence),
        );
      });

      it.each(presences)("reads the same, with %s of the members", async (presence) => {
        const values = (arbitraryValue(model, output, presence) as fc.Arbitrary<object>).map((value) =>
          fit(output, fitForHttp(model, output, readable(value) as object)),
        );
        const expectSame = async (value: object): Promise<void> => {
          const response = compared.wire.response(model, output, value, 200);
          const [read, read3] = await compared.bothRead(operation, response);
          expect(plain(modelled(read3))).toEqual({ ...value, ...newer[operation] });
          // Ours fills in the model's defaults, as the specification asks of clients that know them.
          expect(plain(modelled(read))).toEqual(withDefaults(model, output, value));
        };
        await fc.assert(fc.asyncProperty(values, expectSame), forRuns(presence));
      });

      it.each(errors.map((id) => [localName(id), id]))("reads the same of the error %s", async (code, id) => {
        const status = Number(shapeOf(model, id).traits?.["smithy.api#httpError"] ?? 400);
        const members = shapeOf(model, id).members ?? {};
        const values = (arbitraryValue(model, id, "all") as fc.Arbitrary<object>).map((value) =>
          fitForHttp(model, id, withMessage(readable(value) as object, Object.keys(members))),
        );
        const expectSame = async (value: object): Promise<void> => {
          const response = compared.wire.response(model, id, value, status);
          const [read, read3] = await compared.bothRead(operation, response);
          expect(ourFacts(read.error)).toEqual(theirFacts(read3.error));
          expect(read.error).toBeInstanceOf(compared.module[code]);
          expect(read3.error).toBeInstanceOf(compared.module3[code]);
          expect(membersOf(read.error, value)).toEqual(membersOf(value, value));
          expect(membersOf(read3.error, value)).toEqual(membersOf(value, value));
        };
        await fc.assert(fc.asyncProperty(values, expectSame), { seed, numRuns: 1 });
      });
    });

    more?.(() => compared);
  });
}

function callBoth(given: {
  readonly module: ClientModule;
  readonly module3: Record<string, unknown>;
  readonly wire: Wire;
  readonly ours: Caller;
  readonly v3: Caller;
  readonly model: Ast;
  readonly operations: readonly ModelOperation[];
}): Compared {
  const { module, module3, wire, ours, v3, model, operations } = given;
  const least = new Map(
    operations.map(({ name, input }) => [
      name,
      fc.sample(inputsOf(model, input, "none"), { seed, numRuns: 1 })[0] ?? {},
    ]),
  );
  const bothCall = (operation: string, input: object, response: ScriptedResponse): Promise<[Call, Call]> =>
    Promise.all([ours(operation, input, response), v3(operation, input, response)]);
  const bothRead = (operation: string, response: ScriptedResponse): Promise<[Call, Call]> =>
    bothCall(operation, least.get(operation) ?? {}, response);
  return { module, module3, wire, bothCall, bothRead };
}

/** Inputs with the tokens set that either client would make up. */
function inputsOf(model: Ast, id: string, presence: Presence): fc.Arbitrary<object> {
  const tokens = Object.entries(shapeOf(model, id).members ?? {})
    .filter(([, { traits = {} }]) => "smithy.api#idempotencyToken" in traits)
    .map(([name]) => [name, "a-token-of-the-caller"]);
  return (arbitraryValue(model, id, presence) as fc.Arbitrary<object>).map((value) => ({
    ...fitForHttp(model, id, value),
    ...Object.fromEntries(tokens),
  }));
}

function overlayOf({ shapes }: Ast, protocol: string): { file: string; text: string } {
  const [service] = Object.entries(shapes).find(([, { type }]) => type === "service") ?? [];
  const reason = "The comparison is of a protocol that the service does not declare.";
  return {
    file: "overlay.json",
    text: JSON.stringify({ reason, apply: [{ shape: service, traits: { [protocol]: {} } }] }),
  };
}

/** The parts of a request that the service reads; the rest is a client's own business. */
function whatIsAsked({ method, origin, path, query, headers, body }: HttpRequest, wire: Wire): object {
  return {
    method,
    origin,
    path,
    query: query.split("&").toSorted(),
    headers: Object.fromEntries(Object.entries(headers).filter(([name]) => !ownHeaders.test(name))),
    body: wire.meaningOf(body),
  };
}

/** Bytes as plain arrays of them, and no member that is undefined. */
function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return new Uint8Array(value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  const members = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(members.map(([name, item]) => [name, plain(item)]));
}

/** The value as both can read it: v3 loses what is under the key __proto__, and the responses say no negative zero. */
function readable(value: unknown): unknown {
  if (Object.is(value, -0)) return 0;
  if (Array.isArray(value)) return value.map(readable);
  if (typeof value !== "object" || value === null || value instanceof Date || value instanceof Uint8Array) return value;
  const members = Object.entries(value).filter(([name]) => name !== "__proto__");
  return Object.fromEntries(members.map(([name, item]) => [name, readable(item)]));
}

/** An error that says something: an empty message either client replaces by words of its own. */
function withMessage(value: object, members: readonly string[]): object {
  const name = members.find((each) => each.toLowerCase() === "message");
  return name === undefined ? { message: "no <&> no" } : { ...value, [name]: "no <&> no" };
}

/** The members of an error that a value has, but for its message: v3 gives that under one spelling only. */
function membersOf(error: unknown, value: object): unknown {
  const names = Object.keys(value).filter((name) => name.toLowerCase() !== "message");
  return plain(Object.fromEntries(names.map((name) => [name, (error as Record<string, unknown>)[name]])));
}

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
