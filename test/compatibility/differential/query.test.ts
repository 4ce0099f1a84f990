import { beforeAll, describe, expect, it } from "vitest";
import type { HttpRequest } from "#runtime/schema/http.js";
import { type Ast, shapeOf } from "../../conformance/support/model-values.js";
import { arbitraryValue } from "../../support/arbitrary-input.js";
import * as fc from "../../support/fast-check.js";
import { type ClientModule, generateClient } from "../../support/generate-client.js";
import { peer, peersInstalled } from "../../support/peers.js";
import { sharedPath } from "../../support/shared.js";
import { type ScriptedResponse, type Call, type Caller, requestId } from "./support/calls.js";
import { modelled, ourFacts, theirFacts } from "./support/facts.js";
import { localName, readServiceFacts, seed, type ServiceFacts } from "./support/model.js";
import { callerOf } from "./support/ours.js";
import { loadV3 } from "./support/v3.js";
import { sayableInXml, toXml } from "./support/xml.js";

const isInstalled = await peersInstalled();

/** Values made for each operation in each direction, besides one with all members and one with the required alone. */
const runs = 20;
const presences = ["none", "all", "some"] as const;

const noFacts: ServiceFacts = { model: { shapes: {} }, operations: [], leastInput: () => ({}) };

compareWith("sts-2011-06-15", "@aws-sdk/client-sts", "STSClient");
compareWith("sns-2010-03-31", "@aws-sdk/client-sns", "SNSClient");

function compareWith(modelName: string, packageName: string, className: string): void {
  const file = sharedPath(`models/${modelName}.json`);
  const { model, operations, leastInput } = file === undefined ? noFacts : readServiceFacts(file);

  describe.skipIf(file === undefined || !isInstalled)(
    `${modelName}, an awsQuery service, beside the official client`,
    () => {
      let module: ClientModule;
      let module3: Record<string, unknown>;
      let ours: Caller;
      let v3: Caller;
      beforeAll(async () => {
        [{ module }, module3, v3] = await Promise.all([
          generateClient(file ?? ""),
          peer(packageName),
          loadV3(packageName, className),
        ]);
        ours = callerOf(module, className);
      }, 120_000);

      const bothCall = (operation: string, input: object, response?: ScriptedResponse): Promise<[Call, Call]> =>
        Promise.all([ours(operation, input, response), v3(operation, input, response)]);

      const bothRead = (operation: string, given: ScriptedResponse): Promise<[Call, Call]> =>
        bothCall(operation, leastInput(operation), inXml(given));

      const forRuns = (presence: (typeof presences)[number]) => ({ seed, numRuns: presence === "some" ? runs : 1 });

      describe.each(operations)("$name", ({ name, input, output, errors }) => {
        const empty = inXml({ status: 200, body: responseOf(name, "") });

        it.each(presences)("sends the same, with %s of the optional members", async (presence) => {
          const values = arbitraryValue(model, input, presence) as fc.Arbitrary<object>;
          const expectSame = async (value: object): Promise<void> => {
            const [sent, sent3] = await bothCall(name, value, empty);
            expect(sent.error).toBeUndefined();
            expect(whatIsAsked(sent.request)).toEqual(whatIsAsked(sent3.request));
          };
          await fc.assert(fc.asyncProperty(values, expectSame), forRuns(presence));
        });

        it.each(presences)("reads the same, with %s of the members", async (presence) => {
          const values = arbitraryValue(model, output, presence).map(sayableInXml);
          const expectSame = async (value: unknown): Promise<void> => {
            const [read, read3] = await bothRead(name, {
              status: 200,
              body: responseOf(name, toXml(model, output, value)),
            });
            expect(modelled(read3)).toEqual(value);
            // Ours fills in the model's defaults, as the specification asks of clients that know them.
            expect(modelled(read)).toEqual({ ...defaultsOf(model, output), ...(value as object) });
            expect(read.output).toMatchObject({ $metadata: { requestId, status: 200 } });
          };
          await fc.assert(fc.asyncProperty(values, expectSame), forRuns(presence));
        });

        it.each(errors)("reads the same of the error %s", async (id) => {
          const traits = model.shapes[id]?.traits ?? {};
          const custom = traits["aws.protocols#awsQueryError"] as
            { code: string; httpResponseCode: number } | undefined;
          const status = custom?.httpResponseCode ?? 400;
          const [read, read3] = await bothRead(name, {
            status,
            body: errorOf(custom?.code ?? localName(id), "no <&> no"),
          });
          expect(ourFacts(read.error)).toEqual(theirFacts(read3.error));
          expect(read.error).toBeInstanceOf(module[localName(id)]);
          expect(read3.error).toBeInstanceOf(module3[localName(id)]);
        });
      });

      if (modelName.startsWith("sns")) {
        it.each([
          ["members that the model does not know", "Publish", "<MessageId>a</MessageId><New><Deep>1</Deep></New>"],
          ["an empty text", "Publish", "<MessageId/>"],
          [
            "references, CDATA and comments",
            "Publish",
            "<MessageId>&#x41;&#66;&quot;<![CDATA[a<b]]><!-- c -->d</MessageId>",
          ],
          [
            "white space around elements",
            "ListTopics",
            "\n <Topics>\n <member>\n<TopicArn>a</TopicArn>\n</member>\n</Topics>",
          ],
          ["an empty list", "ListTopics", "<Topics/>"],
          ["an empty structure", "ListTopics", "<Topics><member/><member></member></Topics>"],
          ["an empty map", "GetTopicAttributes", "<Attributes/>"],
          [
            "a map with an empty value",
            "GetTopicAttributes",
            "<Attributes><entry><key>a</key><value/></entry></Attributes>",
          ],
          ["attributes", "Publish", '<MessageId a="b" xmlns:c="d">e</MessageId>'],
        ])("reads %s the same", async (_what, operation, members) => {
          const [read, read3] = await bothRead(operation, { status: 200, body: responseOf(operation, members) });
          expect(modelled(read)).toEqual(modelled(read3));
        });

        it("keeps a text of white space, which v3 drops", async () => {
          const body = responseOf("Publish", "<MessageId> \n </MessageId>");
          const [read, read3] = await bothRead("Publish", { status: 200, body });
          expect(modelled(read)).toEqual({ MessageId: " \n " });
          expect(modelled(read3)).toEqual({ MessageId: "" });
        });
      }

      const [{ name: first } = { name: "" }] = operations;

      it.each<[string, ScriptedResponse]>([
        ["of no model", { status: 400, body: errorOf("SomethingNew", "m") }],
        ["by the server", { status: 500, body: errorOf("InternalFailure", "m") }],
        ["about throttling", { status: 400, body: errorOf("Throttling", "Rate exceeded") }],
        ["in ec2Query's form", { status: 400, body: `<Response><Errors>${inError("Odd", "m")}</Errors></Response>` }],
        ["without a namespace", { status: 400, body: errorOf("Odd", "m").replace(/ xmlns="[^"]*"/, "") }],
      ])("reads an error %s the same", async (_what, scripted) => {
        const [read, read3] = await bothRead(first, scripted);
        expect(ourFacts(read.error)).toEqual(theirFacts(read3.error));
      });
    },
  );
}

/** The parts of a request that the service reads; the rest is a client's own business, the order of members too. */
function whatIsAsked({ method, origin, path, query, headers, body }: HttpRequest): object {
  if (typeof body !== "string") throw new Error("the body is not a text");
  const [action, version, ...members] = body.split("&");
  return {
    method,
    origin,
    path,
    query,
    host: headers["host"],
    contentType: headers["content-type"],
    sessionToken: headers["x-amz-security-token"],
    isSigned: headers["authorization"] !== undefined,
    body: [action, version, ...members.toSorted()],
  };
}

function defaultsOf(model: Ast, target: string): object {
  const members = Object.entries(shapeOf(model, target).members ?? {});
  const filled = members.map(([name, { traits }]) => [name, traits?.["smithy.api#default"]] as const);
  return Object.fromEntries(filled.filter(([, value]) => value !== undefined));
}

function inXml(response: ScriptedResponse): ScriptedResponse {
  return { ...response, headers: { "content-type": "text/xml", ...response.headers } };
}

function responseOf(operation: string, members: string): string {
  const metadata = `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata>`;
  const result = `<${operation}Result>${members}</${operation}Result>`;
  return `<${operation}Response xmlns="https://example.com/doc/">${result}${metadata}</${operation}Response>\n`;
}

function inError(code: string, message: string): string {
  const text = message.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  return `<Error><Type>Sender</Type><Code>${code}</Code><Message>${text}</Message></Error>`;
}

function errorOf(code: string, message: string): string {
  const requestIdElement = `<RequestId>${requestId}</RequestId>`;
  return `<ErrorResponse xmlns="https://example.com/doc/">${inError(code, message)}${requestIdElement}</ErrorResponse>`;
}
