import { readModel, readService } from "clientsmith";
import { compareClients, type Side } from "#generator/diff/compare.js";
import type { Change } from "#generator/diff/change.js";
import { endpointCases } from "#generator/diff/endpoint-cases.js";
import { readFacts } from "#generator/diff/read-facts.js";
import type { OutputTypes } from "clientsmith";

/** A Smithy model in JSON, open to edits. */
export type Json = { [name: string]: Json | string | number | boolean | null | Json[] | unknown };
export type Shapes = Record<string, Record<string, unknown>>;

const ns = "example.lake";
export const id = (name: string): string => `${ns}#${name}`;
export const target = (name: string): { target: string } => ({ target: name.startsWith("smithy.") ? name : id(name) });
const simple = (name: string) => target(`smithy.api#${name}`);

/** A service with one of everything that clients can see, to be edited by a test. */
export function lakeShapes(): Shapes {
  return {
    [id("Lake")]: {
      type: "service",
      version: "2024-05-01",
      operations: ["GetBoat", "PutBoat", "ListBoats"].map(target),
      traits: {
        "aws.api#service": { sdkId: "Lake", endpointPrefix: "lake" },
        "aws.auth#sigv4": { name: "lake" },
        "aws.protocols#restJson1": {},
        "smithy.rules#clientContextParams": { Harbour: { type: "string", documentation: "Where boats lie." } },
        "smithy.rules#endpointRuleSet": ruleSet("https://lake.{Region}.example.com"),
      },
    },
    [id("GetBoat")]: {
      type: "operation",
      input: target("GetBoatRequest"),
      output: target("GetBoatResponse"),
      errors: [target("NoSuchBoat"), target("Busy")],
      traits: {
        "smithy.api#http": { method: "GET", uri: "/boats/{Name}", code: 200 },
        "smithy.api#readonly": {},
        "smithy.waiters#waitable": {
          BoatAfloat: {
            acceptors: [
              {
                state: "success",
                matcher: { output: { path: "Boat.Kind", expected: "sail", comparator: "stringEquals" } },
              },
            ],
            minDelay: 2,
            maxDelay: 20,
          },
        },
      },
    },
    [id("PutBoat")]: {
      type: "operation",
      input: target("PutBoatRequest"),
      output: target("PutBoatResponse"),
      errors: [target("Busy")],
      traits: { "smithy.api#http": { method: "POST", uri: "/boats", code: 200 } },
    },
    [id("ListBoats")]: {
      type: "operation",
      input: target("ListBoatsRequest"),
      output: target("ListBoatsResponse"),
      errors: [target("Busy")],
      traits: {
        "smithy.api#http": { method: "GET", uri: "/boats", code: 200 },
        "smithy.api#readonly": {},
        "smithy.api#paginated": { inputToken: "Token", outputToken: "Token", items: "Boats", pageSize: "Most" },
      },
    },
    [id("GetBoatRequest")]: structure({
      Name: { ...simple("String"), traits: { "smithy.api#required": {}, "smithy.api#httpLabel": {} } },
    }),
    [id("GetBoatResponse")]: structure({
      Boat: target("Boat"),
      Left: { ...simple("Integer"), traits: { "smithy.api#required": {} } },
    }),
    [id("PutBoatRequest")]: structure({
      Name: { ...simple("String"), traits: { "smithy.api#required": {} } },
      Boat: target("Boat"),
      Cargo: target("Cargo"),
      Flags: target("Flags"),
      Crew: { ...simple("Integer"), traits: { "smithy.api#range": { min: 1, max: 9 } } },
      Note: {
        ...simple("String"),
        traits: { "smithy.api#length": { min: 1, max: 80 }, "smithy.api#pattern": "^[a-z]+$" },
      },
      Secret: { ...simple("String"), traits: { "smithy.api#default": "none" } },
      Extra: target("Extra"),
    }),
    [id("PutBoatResponse")]: structure({
      Made: simple("Timestamp"),
      Cargo: target("Load"),
      Rating: target("Rating"),
      Depths: target("Depths"),
    }),
    [id("ListBoatsRequest")]: structure({
      Token: { ...simple("String"), traits: { "smithy.api#httpQuery": "token" } },
      Most: { ...simple("Integer"), traits: { "smithy.api#httpQuery": "most" } },
    }),
    [id("ListBoatsResponse")]: structure({ Boats: target("Boats"), Token: simple("String") }),
    [id("Boat")]: structure({
      Name: { ...simple("String"), traits: { "smithy.api#required": {} } },
      Kind: target("Kind"),
      Length: simple("Integer"),
      Owner: target("Owner"),
    }),
    [id("Owner")]: structure({ Name: simple("String"), Phone: { ...target("Phone") } }),
    [id("Phone")]: { type: "string", traits: { "smithy.api#sensitive": {} } },
    [id("Extra")]: structure({ Colour: simple("String"), Sizes: target("Sizes") }),
    [id("Sizes")]: { type: "list", member: simple("Integer") },
    [id("Depths")]: { type: "map", key: simple("String"), value: simple("Double") },
    [id("Boats")]: { type: "list", member: target("Boat") },
    [id("Flags")]: { type: "list", member: simple("String") },
    [id("Kind")]: enumOf({ SAIL: "sail", MOTOR: "motor" }),
    [id("Rating")]: { type: "intEnum", members: { LOW: intValue(1), HIGH: intValue(2) } },
    [id("Cargo")]: { type: "union", members: { fish: simple("String"), sand: simple("Integer") } },
    [id("Load")]: { type: "union", members: { fish: simple("String"), sand: simple("Integer") } },
    [id("NoSuchBoat")]: {
      ...structure({ message: simple("String"), Name: simple("String") }),
      traits: { "smithy.api#error": "client", "smithy.api#httpError": 404 },
    },
    [id("Busy")]: {
      ...structure({ message: simple("String") }),
      traits: {
        "smithy.api#error": "server",
        "smithy.api#httpError": 503,
        "smithy.api#retryable": { throttling: true },
      },
    },
  };
}

export function structure(members: object): Record<string, unknown> {
  return { type: "structure", members };
}

export function enumOf(values: Readonly<Record<string, string>>): Record<string, unknown> {
  const members = Object.entries(values).map(([name, value]) => [
    name,
    { target: "smithy.api#Unit", traits: { "smithy.api#enumValue": value } },
  ]);
  return { type: "enum", members: Object.fromEntries(members) };
}

function intValue(value: number): object {
  return { target: "smithy.api#Unit", traits: { "smithy.api#enumValue": value } };
}

export function ruleSet(url: string, more: object = {}): object {
  const given = {
    type: "endpoint",
    conditions: [{ fn: "isSet", argv: [{ ref: "Endpoint" }] }],
    endpoint: { url: { ref: "Endpoint" }, ...more },
  };
  return {
    version: "1.0",
    parameters: {
      Region: { type: "String", builtIn: "AWS::Region", required: true },
      UseFIPS: { type: "Boolean", builtIn: "AWS::UseFIPS", required: true, default: false },
      Endpoint: { type: "String", builtIn: "SDK::Endpoint", required: false },
      Harbour: { type: "String", required: false },
    },
    rules: [given, { type: "endpoint", conditions: [], endpoint: { url, ...more } }],
  };
}

/** The traits, members or fields of a shape, to be edited. */
export class Draft {
  readonly shapes = lakeShapes();

  shape(name: string): Record<string, unknown> {
    const found = this.shapes[id(name)];
    if (!found) throw new Error(`The lake has no ${name}`);
    return found;
  }

  traits(name: string): Record<string, unknown> {
    const [shape = "", member] = name.split("$");
    const owner = member === undefined ? this.shape(shape) : (this.members(shape)[member] as Record<string, unknown>);
    return (owner["traits"] ??= {}) as Record<string, unknown>;
  }

  members(name: string): Record<string, unknown> {
    return this.shape(name)["members"] as Record<string, unknown>;
  }

  text(): string {
    return JSON.stringify({ smithy: "2.0", shapes: this.shapes }, undefined, 1);
  }
}

export type Edit = (draft: Draft) => void;

const sides = new Map<string, Side>();

/** What a client of the edited lake is. Each is read once: most tests compare with the same lake. */
export function sideOf(edits: readonly Edit[], outputs: OutputTypes = "modelled"): Side {
  const draft = new Draft();
  for (const edit of edits) edit(draft);
  const text = draft.text();
  const known = sides.get(outputs + text);
  if (known) return known;
  const side = readSide(text, outputs);
  sides.set(outputs + text, side);
  return side;
}

function readSide(text: string, outputs: OutputTypes): Side {
  const { model, diagnostics } = readModel({ file: "lake.json", text });
  if (!model) throw new Error(JSON.stringify(diagnostics, undefined, 1));
  const { service, diagnostics: problems } = readService(model, { outputs });
  if (!service) throw new Error(JSON.stringify(problems, undefined, 1));
  return { facts: readFacts(service), endpointCases: endpointCases(model, service.id) };
}

/** What an edit of the lake changes, or of a lake with other edits in both revisions. */
export function changesBy(edit: Edit, outputs: OutputTypes = "modelled", base: Edit = () => undefined): Change[] {
  return compareClients(sideOf([base], outputs), sideOf([base, edit], outputs));
}

/** Shortly: `member-removed:Boat.Length M M y`. */
export function shortly({ id: name, types, behaviour, wire, flags }: Change): string {
  const letter = { major: "M", minor: "m", patch: "p", none: "-" };
  return [name, letter[types], letter[behaviour], wire ? "y" : "-", ...flags].join(" ");
}
