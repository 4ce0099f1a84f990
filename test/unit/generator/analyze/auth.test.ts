import { describe, expect, it } from "vitest";
import { build, modelOf, operation } from "../ir/support/model.js";

const protocol = { "aws.protocols#awsJson1_1": {} };
const sigv4 = { "aws.auth#sigv4": { name: "test" } };
const bearer = { "smithy.api#httpBearerAuth": {} };
const sigv4a = { "aws.auth#sigv4a": { name: "test" } };
const apiKey = { "smithy.api#httpApiKeyAuth": { name: "x-key", in: "header" } };
/** A scheme that the model defines, and that no plug-in brings. */
const stamp = { "t#stamp": {} };
const stampDefinition = { type: "structure", traits: { "smithy.api#trait": {}, "smithy.api#authDefinition": {} } };
const schemes = { signature: "aws.auth#sigv4", several: "aws.auth#sigv4a", token: "smithy.api#httpBearerAuth" };

/** What becomes of operations with these traits in a service with those. */
function outcome(service: object, operations: Readonly<Record<string, object>>): unknown {
  const shapes = Object.fromEntries(
    Object.entries(operations).map(([name, traits]) => [name, operation("Unit", "Unit", traits)]),
  );
  const { service: ir, diagnostics } = build(
    modelOf({ ...shapes, stamp: stampDefinition }, { traits: { ...protocol, ...service } }),
  );
  return {
    kept: ir && Object.fromEntries(ir.operations.map(({ name, auth }) => [name, auth])),
    problems: diagnostics.map(({ severity, code, shapeId }) => `${severity} ${code} ${shapeId}`),
  };
}

describe("authentication", () => {
  it("is by the service's signature by default", () => {
    expect(outcome(sigv4, { Get: {} })).toEqual({ kept: { Get: undefined }, problems: [] });
    expect(outcome({}, { Get: {} })).toEqual({ kept: { Get: undefined }, problems: [] });
    const both = { ...bearer, ...sigv4, "smithy.api#auth": ["smithy.api#httpBearerAuth", "aws.auth#sigv4"] };
    expect(outcome(both, { Get: {} })).toEqual({ kept: { Get: undefined }, problems: [] });
  });

  it("is none for an operation, or all of a service, that names no scheme", () => {
    expect(outcome(sigv4, { Get: { auth: [] }, Put: {} })).toMatchObject({ kept: { Get: "none", Put: undefined } });
    expect(outcome({ ...sigv4, "smithy.api#auth": [] }, { Get: {}, Put: { auth: ["aws.auth#sigv4"] } })).toMatchObject({
      kept: { Get: "none", Put: undefined },
    });
  });

  it("may be missing where it is optional, and is where the scheme is not supported", () => {
    expect(outcome(sigv4, { Get: { optionalAuth: {} } })).toEqual({ kept: { Get: "optional" }, problems: [] });
    expect(outcome(bearer, { Get: { optionalAuth: {} } })).toEqual({ kept: { Get: "optional" }, problems: [] });
    expect(outcome(stamp, { Get: { optionalAuth: {} } })).toEqual({ kept: { Get: "none" }, problems: [] });
  });

  it("leaves out operations of schemes that are not supported, with a diagnostic", () => {
    const operations = { Get: {}, Post: { auth: ["t#stamp"] } };
    expect(outcome({ ...sigv4, ...stamp }, operations)).toEqual({
      kept: { Get: undefined },
      problems: ["warning unsupported-auth t#Post"],
    });
    const first = { ...sigv4, ...stamp, "smithy.api#auth": ["t#stamp"] };
    expect(outcome(first, { Get: {}, Post: { auth: ["aws.auth#sigv4"] } })).toEqual({
      kept: { Post: undefined },
      problems: ["warning unsupported-auth t#Get"],
    });
    expect(outcome(stamp, { Get: {}, Open: { auth: [] } })).toEqual({
      kept: { Open: "none" },
      problems: ["warning unsupported-auth t#Get"],
    });
  });

  it("is one error if no operation is left", () => {
    expect(outcome(stamp, { Get: {}, Put: {} })).toEqual({
      kept: undefined,
      problems: ["error unsupported-auth t#Service"],
    });
  });

  /** The schemes of a service and of what its operations say otherwise. */
  function schemesOf(service: object, operations: Readonly<Record<string, object>> = { Get: {} }) {
    const shapes = Object.entries(operations).map(([name, traits]) => [name, operation("Unit", "Unit", traits)]);
    const { service: ir } = build(modelOf(Object.fromEntries(shapes), { traits: { ...protocol, ...service } }));
    return {
      service: ir?.authSchemes.map(({ name }) => name),
      signingName: ir?.signingName,
      options: ir?.authOptions.flatMap(({ names }) => names),
      operations: Object.fromEntries(
        ir?.operations.map(({ name, authSchemes }) => [name, authSchemes?.map((scheme) => scheme.name)]) ?? [],
      ),
    };
  }

  it("has its schemes in the order of the trait auth, by their names without", () => {
    const all = { ...sigv4, ...sigv4a, ...bearer };
    expect(schemesOf({ ...sigv4, ...bearer })).toMatchObject({ service: ["sigv4", "bearer"], options: ["token"] });
    const ordered = { ...all, "smithy.api#auth": [schemes.token, schemes.several, schemes.signature] };
    expect(schemesOf(ordered)).toMatchObject({ service: ["bearer", "sigv4a"], signingName: "test" });
    expect(schemesOf({ ...sigv4, ...sigv4a })).toMatchObject({ service: ["sigv4"], options: [] });
    expect(schemesOf(sigv4a)).toMatchObject({ service: ["sigv4a"], signingName: "test" });
    expect(schemesOf({})).toMatchObject({ service: [], signingName: undefined, options: [] });
  });

  it("has what the value of a trait states, and options once for schemes that share them", () => {
    const login = { "smithy.api#httpBasicAuth": {}, "smithy.api#httpDigestAuth": {} };
    const { service: ir } = build(
      modelOf(
        { Get: operation("Unit", "Unit"), Put: operation("Unit", "Unit", { auth: ["smithy.api#httpDigestAuth"] }) },
        { traits: { ...protocol, ...apiKey, ...login } },
      ),
    );
    expect(ir?.authSchemes.map(({ symbol, arguments: given }) => [symbol, given])).toEqual([
      ["httpApiKey", [{ name: "x-key", in: "header" }]],
      ["httpBasic", undefined],
      ["httpDigest", undefined],
    ]);
    expect(ir?.authOptions.map(({ type }) => type)).toEqual(["ApiKeyOptions", "LoginOptions"]);
    expect(ir?.operations.map(({ features }) => features.map(({ symbol }) => symbol))).toEqual([
      ["digestChallenge"],
      ["digestChallenge"],
    ]);
  });

  it("reads no environment variable for the token of a service outside AWS", () => {
    const symbolOf = (service: object): unknown =>
      build(modelOf({ Get: operation("Unit", "Unit") }, { traits: { ...protocol, ...bearer, ...service } })).service
        ?.authSchemes[0]?.symbol;
    expect(symbolOf({})).toBe("httpBearer");
    expect(symbolOf({ "aws.api#service": { sdkId: "Test" } })).toBe("bearer");
  });

  it("has the scheme of sessions where the endpoint rules name it and the operation that it calls is there", () => {
    const entry = { name: "sigv4-s3express", signingName: "s3express" };
    const rule = {
      type: "endpoint",
      conditions: [],
      endpoint: { url: "https://t", properties: { authSchemes: [entry] } },
    };
    const rules = { "smithy.rules#endpointRuleSet": { version: "1.0", parameters: {}, rules: [rule] } };
    const both = { Get: {}, CreateSession: {} };
    expect(schemesOf({ ...sigv4, ...rules }, both)).toMatchObject({ service: ["sigv4", "sigv4-s3express"] });
    expect(schemesOf({ ...sigv4, ...rules }, { Get: {} })).toMatchObject({ service: ["sigv4"] });
    expect(schemesOf(sigv4, both)).toMatchObject({ service: ["sigv4"] });
  });

  it("is noted of an operation where it differs from its service", () => {
    const operations = {
      Both: { auth: [schemes.signature, schemes.several] },
      None: { auth: [] },
      Same: {},
      Token: { auth: [schemes.token] },
    };
    expect(schemesOf({ ...sigv4, ...sigv4a, "smithy.api#auth": [schemes.signature], ...bearer }, operations)).toEqual({
      service: ["sigv4"],
      signingName: "test",
      options: ["token"],
      operations: { Both: undefined, None: undefined, Same: undefined, Token: ["bearer"] },
    });
  });
});

describe("a service of which nothing can be generated", () => {
  it("reports why, each reason once", () => {
    const { service, diagnostics } = build(
      modelOf(
        {
          Up: operation("In", "Unit"),
          Down: operation("Unit", "In"),
          Talk: operation("Unit", "Unit", { auth: ["t#stamp"] }),
          Tell: operation("Unit", "Unit", { auth: ["t#stamp"] }),
          In: {
            type: "structure",
            members: { body: { target: "t#Stream", traits: { "smithy.api#required": {} } } },
          },
          Stream: { type: "blob", traits: { "smithy.api#streaming": {} } },
          stamp: stampDefinition,
        },
        { traits: { ...protocol, ...sigv4, ...stamp } },
      ),
    );
    expect(service).toBeUndefined();
    expect(diagnostics).toMatchObject([{ severity: "error", code: "unsupported-service", shapeId: "t#Service" }]);
    expect(diagnostics[0]?.message).toMatch(/^No operation of the service can be generated, so there is no client\. /);
    expect(diagnostics[0]?.message).toContain(
      "2 of 4: it requires the auth scheme t#stamp; supported are aws.auth#sigv4, aws.auth#sigv4a, smithy.api#httpBearerAuth, smithy.api#httpApiKeyAuth, smithy.api#httpBasicAuth, smithy.api#httpDigestAuth.",
    );
    expect(diagnostics[0]?.message).toContain("1 of 4: the input member body is a stream that is not the HTTP payload");
  });
});
