import { beforeAll, describe, expect, it } from "vitest";
import type { HttpRequest } from "#runtime/schema/http.js";
import { type Ast, shapeOf } from "../../../conformance/support/model-values.js";
import { canonicalXml } from "../../../conformance/support/xml.js";
import { arbitraryValue } from "../../../support/arbitrary-input.js";
import * as fc from "../../../support/fast-check.js";
import { type ClientModule, generateClient } from "../../../support/generate-client.js";
import { peersInstalled } from "../../../support/peers.js";
import { sharedPath } from "../../../support/shared.js";
import type { ScriptedResponse, Call, Caller } from "./calls.js";
import { modelled, ourFacts, theirFacts } from "./facts.js";
import { boundToHttp, fitForHttp, isStreamed, ownHeaders } from "./http.js";
import { localName, readServiceFacts, seed } from "./model.js";
import { callerOf } from "./ours.js";
import { loadV3 } from "./v3.js";
import { sayableInXml, toXml } from "./xml.js";

const isInstalled = await peersInstalled();

/** Values made for each operation in each direction, besides one with all members and one with the required alone. */
const runs = 5;
const presences = ["none", "all", "some"] as const;

/** Where the official client does more for a service than its model says. */
export interface Particulars {
  /** Members of inputs by name, and the value that they have wherever there is such a member. */
  readonly fixed?: Readonly<Record<string, unknown>>;
  /** Names of members of inputs that are never set. */
  readonly unset?: RegExp;
  /** Headers that do not count, as `Operation/header`. */
  readonly otherHeaders?: RegExp;
  /** Operations whose responses have a form of their own. */
  readonly ownResponses?: readonly string[];
  /** Members of outputs that the model does not have. */
  readonly ownMembers?: readonly string[];
}

/** Compares requests, outputs and modelled errors of every operation that is generated. */
export function compareRestXml(
  modelName: string,
  packageName: string,
  className: string,
  { fixed = {}, unset, otherHeaders, ownResponses = [], ownMembers = [] }: Particulars = {},
): void {
  const file = sharedPath(`models/${modelName}.json`);
  // A file without any suite would fail.
  if (file === undefined || !isInstalled) {
    it.skipIf(true)(`${modelName} and the official client are there`, () => expect(file).toBeDefined());
    return;
  }
  const { model, operations: all } = readServiceFacts(file);
  const operations = all.filter(({ input, output }) => !isStreamed(model, input) && !isStreamed(model, output));

  describe(`${modelName}, a restXml service, beside the official client`, () => {
    let module: ClientModule;
    let ours: Caller;
    let v3: Caller;
    beforeAll(async () => {
      [{ module }, v3] = await Promise.all([generateClient(file), loadV3(packageName, className)]);
      ours = callerOf(module, className);
    }, 120_000);

    const bothCall = (operation: string, input: object, response: ScriptedResponse): Promise<[Call, Call]> =>
      Promise.all([ours(operation, input, response), v3(operation, input, response)]);

    const inputsOf = (id: string, presence: (typeof presences)[number]): fc.Arbitrary<object> =>
      (arbitraryValue(model, id, presence) as fc.Arbitrary<object>).map((value) =>
        Object.fromEntries(
          Object.entries({ ...fitForHttp(model, id, sayableInXml(value) as object), ...fixed }).filter(
            ([name]) => name in (shapeOf(model, id).members ?? {}) && !unset?.test(name),
          ),
        ),
      );

    const forRuns = (presence: (typeof presences)[number]) => ({ seed, numRuns: presence === "some" ? runs : 1 });

    describe.each(operations)("$name", ({ name, input, output, errors }) => {
      const least = (): object => fc.sample(inputsOf(input, "none"), { seed, numRuns: 1 })[0] ?? {};

      it.each(presences)("sends the same, with %s of the optional members", async (presence) => {
        const expectSame = async (value: object): Promise<void> => {
          const [sent, sent3] = await bothCall(name, value, responseOf(model, output, {}));
          expect(sent.error).toBeUndefined();
          const asked = whatIsAsked(name, sent.request, otherHeaders);
          expect(asked).toEqual(whatIsAsked(name, sent3.request, otherHeaders));
        };
        await fc.assert(fc.asyncProperty(inputsOf(input, presence), expectSame), forRuns(presence));
      });

      it.skipIf(ownResponses.includes(name)).each(presences)(
        "reads the same, with %s of the members",
        async (presence) => {
          const values = inputsOf(output, presence).map((value) => plain(value) as object);
          const expectSame = async (value: object): Promise<void> => {
            const [read, read3] = await bothCall(name, least(), responseOf(model, output, value));
            // Members with a default are filled here and are not there.
            const others = Object.entries(modelled(read3)).filter(([each]) => !ownMembers.includes(each));
            expect(modelled(read)).toMatchObject(plain(Object.fromEntries(others)) as object);
            expect(modelled(read)).toMatchObject(value);
          };
          await fc.assert(fc.asyncProperty(values, expectSame), forRuns(presence));
        },
      );

      it.each(errors)("reads the same of the error %s", async (id) => {
        const status = Number(model.shapes[id]?.traits?.["smithy.api#httpError"] ?? 400);
        const error = `<Error><Type>Sender</Type><Code>${localName(id)}</Code><Message>no &lt;&amp;&gt; no</Message></Error>`;
        const body = `<ErrorResponse xmlns="https://example.com/doc/">${error}<RequestId>r</RequestId></ErrorResponse>`;
        const [read, read3] = await bothCall(name, least(), inXml(status, body));
        expect(ourFacts(read.error, false)).toEqual(theirFacts(read3.error, false));
        expect(read.error).toBeInstanceOf(module[localName(id)]);
      });
    });
  });
}

/**
 * The value as both can read it: of a text that is white space with a line end in it, the official parser makes
 * nothing, of a flattened list without items nothing is there, and bytes that are a whole body are in a text here.
 */
function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return Uint8Array.from(value, (byte) => byte & 127);
  if (typeof value === "string") return value.replaceAll(/[\r\n]/g, " ");
  if (Array.isArray(value)) return value.map(plain);
  // An HTTP date has no fraction.
  if (value instanceof Date) return new Date(Math.trunc(value.getTime() / 1000) * 1000);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => !(Array.isArray(item) && item.length === 0))
      .map(([name, item]) => [name, plain(item)]),
  );
}

/** What a service responds: what is bound to headers there, the rest in the body. */
function responseOf(ast: Ast, id: string, value: object): ScriptedResponse {
  const { headers, members } = boundToHttp(ast, id, value);
  const given = inXml(200, documentOf(ast, id, members));
  return { ...given, headers: { ...given.headers, ...headers } };
}

function documentOf(ast: Ast, id: string, value: object): string {
  const { members = {} } = shapeOf(ast, id);
  const payload = Object.entries(members).find(([, { traits = {} }]) => "smithy.api#httpPayload" in traits);
  if (!payload) return elementOf(rootOf(ast, id), toXml(ast, id, value));
  const [name, { target, traits }] = payload;
  const root = traits?.["smithy.api#xmlName"] ?? rootOf(ast, target);
  const item = (value as Record<string, unknown>)[name];
  const { type } = shapeOf(ast, target);
  if (item === undefined) return type === "structure" ? elementOf(root, "") : "";
  if (type === "string") return String(item);
  if (type === "blob") return Buffer.from(item as Uint8Array).toString("latin1");
  return `<?xml version="1.0"?>\n${elementOf(root, toXml(ast, target, item))}`;
}

function rootOf(ast: Ast, id: string): unknown {
  return shapeOf(ast, id).traits?.["smithy.api#xmlName"] ?? localName(id);
}

function elementOf(name: unknown, content: string): string {
  return `<${String(name)} xmlns="https://example.com/doc/">${content}</${String(name)}>`;
}

function inXml(status: number, body: string): ScriptedResponse {
  return { status, headers: { "content-type": "text/xml" }, body };
}

/** The parts of a request that the service reads. */
function whatIsAsked(
  operation: string,
  { method, origin, path, query, headers, body = "" }: HttpRequest,
  otherHeaders: RegExp | undefined,
): object {
  const text = typeof body === "string" ? body : new TextDecoder().decode(body);
  const content = bodyOf(text);
  const counted = (name: string): boolean => !ownHeaders.test(name) && !otherHeaders?.test(`${operation}/${name}`);
  return {
    method,
    origin,
    // Where the path is that of the endpoint, the official client puts a slash behind it.
    path: path.replace(/(?<=.)\/$/, ""),
    query: query
      .split("&")
      .map((pair) => (pair.includes("=") ? pair : `${pair}=`))
      .toSorted(),
    headers: Object.fromEntries(
      Object.entries(headers).filter(([name]) => counted(name) && (content !== "" || name !== "content-type")),
    ),
    body: content,
  };
}

/** No member in the body is an empty root here, and no body there. */
function bodyOf(text: string): unknown {
  const root = text.startsWith("<?xml") ? canonicalXml(text) : undefined;
  return root && root.children.length === 0 ? "" : (root ?? text);
}
