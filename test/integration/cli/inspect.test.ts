import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "../../support/shared.js";
import { workplace } from "./support/harness.js";

const operation = (traits: object = {}): object => ({ type: "operation", traits });

function model(
  traits: object,
  operations: Readonly<Record<string, object>>,
): { readonly smithy: string; readonly shapes: object } {
  const bound = Object.keys(operations).map((id) => ({ target: `t#${id}` }));
  const service = { type: "service", version: "1", traits, operations: bound };
  const own = Object.entries(operations).map(([name, shape]) => [`t#${name}`, shape] as const);
  return { smithy: "2.0", shapes: { "t#Main": service, ...Object.fromEntries(own) } };
}

async function inspect(given: object): Promise<{ code: number; stdout: string; stderr: string }> {
  const { run, put } = workplace();
  put("model.json", given);
  return run("inspect", "model.json");
}

describe("inspect", () => {
  it("reports what a service of an unsupported protocol has", async () => {
    const traits = { "smithy.protocols#rpcv2Json": {}, "aws.auth#sigv4": { name: "main" } };
    const { code, stdout } = await inspect(model(traits, { Get: operation(), Put: operation() }));
    expect(code).toBe(1);
    expect(stdout).toMatch(/Protocol +none; also declares smithy\.protocols#rpcv2Json\n/);
    expect(stdout).toMatch(/Operations +0 of 2\nNot supported\n.*error unsupported-protocol t#Main/);
  });

  it("reports which ways to authenticate and which operations are not supported", async () => {
    const traits = {
      "aws.protocols#awsJson1_0": {},
      "aws.protocols#awsJson1_1": {},
      "aws.auth#sigv4": { name: "main" },
      "smithy.api#httpBearerAuth": {},
      "t#stamp": {},
    };
    const stamped = operation({ "smithy.api#auth": ["t#stamp"] });
    const given = model(traits, { Get: operation({ "smithy.api#auth": [] }), Put: stamped });
    const definition = { type: "structure", traits: { "smithy.api#trait": {}, "smithy.api#authDefinition": {} } };
    const { code, stdout } = await inspect({ ...given, shapes: { ...given.shapes, "t#stamp": definition } });
    expect(code).toBe(0);
    expect(stdout).toMatch(/Protocol +aws\.protocols#awsJson1_0; also declares aws\.protocols#awsJson1_1\n/);
    expect(stdout).toMatch(
      /Auth +aws\.auth#sigv4, smithy\.api#httpBearerAuth, signing name main; client option token; not supported: t#stamp\n/,
    );
    expect(stdout).toMatch(/Endpoints +set by the caller/);
    expect(stdout).toMatch(/Operations +1 of 2\n +Get \(auth: none\)\n/);
    expect(stdout).toMatch(/Not supported\n.*warning unsupported-auth t#Put: Left out: it requires the auth scheme/);
  });

  it("reports which operations stream their bodies", async () => {
    const { run } = workplace();
    const { code, stdout } = await run("inspect", join(root, "test/fixtures/streams/model.json"));
    expect(code).toBe(0);
    expect(stdout).toMatch(/ {2}Get \(readonly, output streamed\)\n {2}Put \(input streamed\)\n/);
    expect(stdout).toContain("  Turn (input streamed, output streamed)\n");
    expect(stdout).toContain("Everything is supported");
  });

  it("reports which operations have events, and which of them cannot be tools", async () => {
    const { run } = workplace();
    const { stdout } = await run("inspect", join(root, "test/fixtures/events/model.smithy"));
    expect(stdout).toMatch(/ {2}Listen \(output events\)\n {2}Talk \(input events, output events\)\n/);
    expect(stdout).toContain("No tools    Talk, Tell: events of an input cannot be sent by --emit mcp\n");
  });

  it("names the protocol of a service that is rejected for another reason, and the reason", async () => {
    const traits = {
      "aws.protocols#restJson1": {},
      "smithy.rules#endpointRuleSet": { version: "1.0", parameters: {}, rules: [] },
    };
    const { code, stdout } = await inspect(
      model(traits, { Get: operation({ "smithy.api#http": { method: "GET", uri: "/" } }) }),
    );
    expect(code).toBe(1);
    expect(stdout).toMatch(/Protocol +aws\.protocols#restJson1\n/);
    expect(stdout).toMatch(/Not supported\n.*error endpoint-rules-invalid t#Main/);
    const { stdout: keyed } = await inspect(
      model({ "aws.protocols#restJson1": {}, "smithy.api#httpBasicAuth": {} }, { Get: operation() }),
    );
    expect(keyed).toMatch(/Protocol +aws\.protocols#restJson1\n/);
  });

  it("reports that the signing of some endpoints is not supported", async () => {
    const properties = { authSchemes: [{ name: "sigv4-s3express", signingName: "s" }] };
    const rules = {
      version: "1.0",
      parameters: { Endpoint: { type: "String", builtIn: "SDK::Endpoint", documentation: "", required: true } },
      rules: [{ conditions: [], endpoint: { url: { ref: "Endpoint" }, properties }, type: "endpoint" }],
    };
    const traits = { "aws.protocols#awsJson1_1": {}, "smithy.rules#endpointRuleSet": rules };
    const { stdout } = await inspect(model(traits, { Put: operation({}) }));
    expect(stdout).toMatch(/Endpoints +rule set of 1 parameter; not supported: signing by sigv4-s3express\n/);
    expect(stdout).not.toContain("Everything is supported");
  });
});
