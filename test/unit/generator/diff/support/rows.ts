import { type Draft, type Edit, enumOf, id, ruleSet, structure, target } from "./lake.js";

/** An edit of the lake and all that it changes: code, subject, types, behaviour, wire, flags. */
export interface Row {
  readonly name: string;
  /** What both revisions have beside the lake. */
  readonly base?: Edit;
  readonly edit: Edit;
  readonly changes: readonly string[];
  /** The same with all outputs optional, where that differs. */
  readonly optional?: readonly string[];
}

const string = { target: "smithy.api#String" };
const required = { "smithy.api#required": {} };
const traits = (values: object) => ({ traits: values });
const bind = (draft: Draft, ...names: string[]): void => void (draft.shape("Lake")["operations"] = names.map(target));
const all = ["GetBoat", "PutBoat", "ListBoats"];

function rename(draft: Draft, from: string, to: string): void {
  const text = JSON.stringify(draft.shapes).replaceAll(`"${id(from)}"`, `"${id(to)}"`);
  const renamed = JSON.parse(text) as Draft["shapes"];
  for (const name of Object.keys(draft.shapes)) delete draft.shapes[name];
  Object.assign(draft.shapes, renamed);
}

function renameMember(draft: Draft, shape: string, from: string, to: string, more: object = {}): void {
  const entries = Object.entries(draft.members(shape)).map(([name, member]) =>
    name === from ? [to, { ...(member as object), ...more }] : [name, member],
  );
  draft.shape(shape)["members"] = Object.fromEntries(entries);
}

/** An operation with an event stream. */
const withEvents: Edit = (lake) => {
  lake.shapes[id("WatchBoats")] = {
    type: "operation",
    input: target("smithy.api#Unit"),
    output: target("WatchBoatsResponse"),
    traits: { "smithy.api#http": { method: "GET", uri: "/watch", code: 200 }, "smithy.api#readonly": {} },
  };
  lake.shapes[id("WatchBoatsResponse")] = structure({
    Sightings: { ...target("Sightings"), ...traits({ "smithy.api#httpPayload": {} }) },
  });
  lake.shapes[id("Sightings")] = {
    type: "union",
    members: { boat: target("Sighting"), lost: target("NoSuchBoat") },
    traits: { "smithy.api#streaming": {} },
  };
  lake.shapes[id("Sighting")] = structure({ Name: string, Far: { target: "smithy.api#Integer" } });
  bind(lake, ...all, "WatchBoats");
};

export const rows: readonly Row[] = [
  // Operations.
  {
    name: "1 an operation is added",
    edit: (lake) => {
      lake.shapes[id("SinkBoat")] = {
        type: "operation",
        input: target("smithy.api#Unit"),
        output: target("smithy.api#Unit"),
        traits: { "smithy.api#http": { method: "POST", uri: "/sink", code: 200 } },
      };
      bind(lake, ...all, "SinkBoat");
    },
    changes: ["operation-added:sinkBoat m - -"],
  },
  {
    name: "2 an operation is removed, with what it alone uses",
    edit: (lake) => bind(lake, "GetBoat", "PutBoat"),
    changes: [
      "operation-removed:listBoats M M y",
      "type-removed:ListBoatsRequest M - -",
      "type-removed:ListBoatsResponse M - -",
    ],
  },
  {
    name: "3 an operation is moved to a resource",
    edit: (lake) => {
      bind(lake, "GetBoat", "PutBoat");
      lake.shapes[id("Fleet")] = { type: "resource", operations: [target("ListBoats")] };
      lake.shape("Lake")["resources"] = [target("Fleet")];
    },
    changes: [],
  },
  {
    name: "4 an operation is renamed",
    edit: (lake) => rename(lake, "PutBoat", "StoreBoat"),
    changes: ["operation-renamed:putBoat M - -"],
  },
  {
    name: "5 a structure is renamed",
    edit: (lake) => rename(lake, "Owner", "Person"),
    changes: ["type-renamed:Owner M - -"],
  },
  {
    name: "5 an enum is renamed",
    edit: (lake) => rename(lake, "Kind", "BoatKind"),
    changes: ["type-renamed:Kind M - -"],
  },
  { name: "6 a list is renamed", edit: (lake) => rename(lake, "Flags", "Pennants"), changes: [] },
  // Members.
  {
    name: "7 a member is added to an input",
    edit: (lake) => void (lake.members("PutBoatRequest")["Sails"] = string),
    changes: ["member-added:PutBoatRequest.Sails m - -"],
  },
  {
    name: "8 a member is added to an output",
    edit: (lake) => void (lake.members("PutBoatResponse")["Sails"] = string),
    changes: ["member-added:PutBoatResponse.Sails m - -"],
  },
  {
    name: "9 a required member is added to an input",
    edit: (lake) => void (lake.members("PutBoatRequest")["Sails"] = { ...string, ...traits(required) }),
    changes: ["required-member-added:PutBoatRequest.Sails M M y"],
  },
  {
    name: "9 a required member is added to what inputs and outputs have",
    edit: (lake) => void (lake.members("Boat")["Sails"] = { ...string, ...traits(required) }),
    changes: ["required-member-added:Boat.Sails M M y"],
    optional: ["required-member-added:Boat.Sails m M y"],
  },
  {
    name: "10 a required member is added to an output",
    edit: (lake) => void (lake.members("PutBoatResponse")["Sails"] = { ...string, ...traits(required) }),
    changes: ["member-added:PutBoatResponse.Sails m - - mocks"],
    optional: ["member-added:PutBoatResponse.Sails m - -"],
  },
  {
    name: "11 a member is removed from an input",
    edit: (lake) => void delete lake.members("PutBoatRequest")["Crew"],
    changes: ["member-removed:PutBoatRequest.Crew M M y"],
  },
  {
    name: "12 a member is removed from an output",
    edit: (lake) => void delete lake.members("PutBoatResponse")["Made"],
    changes: ["member-removed:PutBoatResponse.Made M M y"],
  },
  {
    name: "13 a member is renamed and stays where it was on the wire",
    edit: (lake) => renameMember(lake, "PutBoatResponse", "Made", "Built", traits({ "smithy.api#jsonName": "Made" })),
    changes: ["member-renamed:PutBoatResponse.Made M - -", "binding-changed:PutBoatResponse.Made - p y"],
  },
  {
    name: "13 a member is renamed, and on the wire too",
    edit: (lake) => renameMember(lake, "Boat", "Length", "length"),
    changes: ["member-renamed:Boat.Length M M y"],
  },
  {
    name: "14 a member of an input becomes required",
    edit: (lake) => Object.assign(lake.traits("PutBoatRequest$Crew"), required),
    changes: ["member-became-required:PutBoatRequest.Crew M M -"],
  },
  {
    name: "14 a member of what inputs and outputs have becomes required",
    edit: (lake) => Object.assign(lake.traits("Boat$Length"), required),
    changes: ["member-became-required:Boat.Length M M -"],
    optional: ["member-became-required:Boat.Length - M -"],
  },
  {
    name: "15 a member of an output becomes required",
    edit: (lake) => Object.assign(lake.traits("PutBoatResponse$Made"), required),
    changes: ["member-always-there:PutBoatResponse.Made m - - mocks"],
    optional: ["member-always-there:PutBoatResponse.Made - p -"],
  },
  {
    name: "16 a member of an input is no longer required",
    edit: (lake) => void delete lake.traits("PutBoatRequest$Name")["smithy.api#required"],
    changes: ["member-no-longer-required:PutBoatRequest.Name m p -"],
  },
  {
    name: "17 a member of an output is no longer required",
    edit: (lake) => void delete lake.traits("GetBoatResponse$Left")["smithy.api#required"],
    changes: ["member-may-be-missing:GetBoatResponse.Left M p -"],
    optional: ["member-no-longer-required:GetBoatResponse.Left - p -"],
  },
  {
    name: "18 a structure member of an output becomes required",
    edit: (lake) => Object.assign(lake.traits("GetBoatResponse$Boat"), required),
    changes: ["member-always-there:GetBoatResponse.Boat m - - mocks"],
    optional: ["member-always-there:GetBoatResponse.Boat - p -"],
  },
  {
    name: "19 a default is added",
    edit: (lake) =>
      Object.assign(lake.traits("PutBoatResponse$Made"), { "smithy.api#default": 0, "smithy.api#addedDefault": {} }),
    changes: ["default-added:PutBoatResponse.Made - p -"],
  },
  {
    name: "20 a default is changed",
    edit: (lake) => Object.assign(lake.traits("PutBoatRequest$Secret"), { "smithy.api#default": "some" }),
    changes: ["default-changed:PutBoatRequest.Secret - M y"],
  },
  {
    name: "21 a default is removed",
    edit: (lake) => void delete lake.traits("PutBoatRequest$Secret")["smithy.api#default"],
    changes: ["default-removed:PutBoatRequest.Secret - M y"],
  },
  {
    name: "22 a member is of another type",
    edit: (lake) => Object.assign(lake.members("PutBoatResponse"), { Made: string }),
    changes: ["member-type-changed:PutBoatResponse.Made M M y"],
  },
  {
    name: "22 a member is of another structure that reads alike",
    edit: (lake) => {
      lake.shapes[id("Keeper")] = structure({
        Name: string,
        Phone: target("Phone"),
        Since: { target: "smithy.api#Timestamp" },
      });
      Object.assign(lake.members("ListBoatsResponse"), { Keeper: target("Keeper") });
      Object.assign(lake.members("PutBoatResponse"), { Made: target("Keeper") });
    },
    changes: [
      "member-type-changed:PutBoatResponse.Made M M y",
      "member-added:ListBoatsResponse.Keeper m - -",
      "type-added:Keeper m - -",
    ],
  },
  {
    name: "23 an integer becomes a long",
    edit: (lake) => Object.assign(lake.members("Boat"), { Length: { target: "smithy.api#Long" } }),
    changes: ["number-type-changed:Boat.Length - p y"],
  },
  {
    name: "24 a string of an input becomes an enum",
    edit: (lake) => Object.assign(lake.members("Extra"), { Colour: target("Kind") }),
    changes: ["member-type-refined:Extra.Colour - p -"],
  },
  {
    name: "25 a string of an output becomes an enum",
    edit: (lake) => Object.assign(lake.members("ListBoatsResponse"), { Token: target("Kind") }),
    changes: ["member-type-refined:ListBoatsResponse.Token m - -"],
  },
  {
    name: "26 an enum of an output becomes a string, and is gone",
    edit: (lake) => Object.assign(lake.members("Boat"), { Kind: string }),
    changes: ["type-removed:Kind M - -", "member-type-refined:Boat.Kind m - -"],
  },
  // Enums and unions.
  {
    name: "27 a value is inserted into an enum",
    edit: (lake) => void (lake.shapes[id("Kind")] = enumOf({ ROW: "row", SAIL: "sail", MOTOR: "motor" })),
    changes: ["enum-constant-added:Kind.ROW m m - exhaustive"],
  },
  {
    name: "29 a value of an enum is removed",
    edit: (lake) => void (lake.shapes[id("Kind")] = enumOf({ SAIL: "sail" })),
    changes: ["enum-constant-removed:Kind.MOTOR M p -"],
  },
  {
    name: "30 a constant of an enum is renamed",
    edit: (lake) => void (lake.shapes[id("Kind")] = enumOf({ SAIL: "sail", ENGINE: "motor" })),
    changes: ["enum-constant-renamed:Kind.MOTOR M - -"],
  },
  {
    name: "30 a value and its constant are renamed",
    edit: (lake) => void (lake.shapes[id("Kind")] = enumOf({ SAIL: "sail", MOTORS: "motors" })),
    changes: ["enum-constant-renamed:Kind.MOTOR M M y"],
  },
  {
    name: "30 a constant has another value",
    edit: (lake) => void (lake.shapes[id("Kind")] = enumOf({ SAIL: "sail", MOTOR: "engine" })),
    changes: ["enum-value-changed:Kind.MOTOR M M y"],
  },
  {
    name: "31 a member is added to a union of an output",
    edit: (lake) => void (lake.members("Load")["coal"] = string),
    changes: ["union-member-added:Load.coal m m - exhaustive"],
  },
  {
    name: "31 a member is added to a union of an input",
    edit: (lake) => void (lake.members("Cargo")["coal"] = string),
    changes: ["union-member-added:Cargo.coal m - -"],
  },
  {
    name: "32 a member of a union is removed",
    edit: (lake) => void delete lake.members("Load")["sand"],
    changes: ["member-removed:Load.sand M M y"],
  },
  {
    name: "33 a union becomes a structure",
    edit: (lake) => void (lake.shape("Load")["type"] = "structure"),
    changes: ["type-kind-changed:Load M M y"],
  },
  {
    name: "33 a list becomes sparse",
    edit: (lake) => Object.assign(lake.traits("Boats"), { "smithy.api#sparse": {} }),
    changes: ["member-type-changed:ListBoatsResponse.Boats M M y", "paginator-items-changed:paginateListBoats M - -"],
  },
  {
    name: "33 a list of an input becomes sparse",
    edit: (lake) => Object.assign(lake.traits("Flags"), { "smithy.api#sparse": {} }),
    changes: ["member-type-refined:PutBoatRequest.Flags - p -"],
  },
  {
    name: "34 members and values have another order",
    edit: (lake) => {
      for (const name of ["Boat", "Kind", "PutBoatRequest", "Load"])
        lake.shape(name)["members"] = Object.fromEntries(Object.entries(lake.members(name)).toReversed());
    },
    changes: [],
  },
  // Constraints.
  {
    name: "35 a minimum of an input is raised",
    edit: (lake) => Object.assign(lake.traits("PutBoatRequest$Crew"), { "smithy.api#range": { min: 2, max: 9 } }),
    changes: ["min-tightened:PutBoatRequest.Crew - M - earlier"],
  },
  {
    name: "35 a maximum of an input is lowered",
    edit: (lake) => Object.assign(lake.traits("PutBoatRequest$Note"), { "smithy.api#length": { min: 1, max: 8 } }),
    changes: ["max-tightened:PutBoatRequest.Note - p - earlier"],
  },
  {
    name: "36 a pattern of an input is changed",
    edit: (lake) => Object.assign(lake.traits("PutBoatRequest$Note"), { "smithy.api#pattern": "^[a-z]*$" }),
    changes: ["pattern-changed:PutBoatRequest.Note - p -"],
  },
  {
    name: "37 a constraint of an input is loosened",
    edit: (lake) => Object.assign(lake.traits("PutBoatRequest$Crew"), { "smithy.api#range": { min: 0, max: 10 } }),
    changes: ["max-loosened:PutBoatRequest.Crew - p -", "min-loosened:PutBoatRequest.Crew - p -"],
  },
  {
    name: "38 a constraint of an output is new",
    edit: (lake) => Object.assign(lake.traits("ListBoatsResponse$Token"), { "smithy.api#length": { min: 3 } }),
    changes: ["min-tightened:ListBoatsResponse.Token - p -"],
  },
  // Errors.
  {
    name: "39 an error is added to an operation",
    edit: (lake) => void (lake.shape("PutBoat")["errors"] = [target("Busy"), target("NoSuchBoat")]),
    changes: ["operation-error-added:putBoat.NoSuchBoat m - - exhaustive"],
  },
  {
    name: "40 an error is removed from one operation of several",
    edit: (lake) => void (lake.shape("PutBoat")["errors"] = []),
    changes: ["operation-error-removed:putBoat.Busy M p -"],
  },
  {
    name: "40 an error is removed from its only operation",
    edit: (lake) => void (lake.shape("GetBoat")["errors"] = [target("Busy")]),
    changes: ["error-removed:NoSuchBoat M p -"],
  },
  {
    name: "41 an error is the server's fault",
    edit: (lake) =>
      Object.assign(lake.traits("NoSuchBoat"), { "smithy.api#error": "server", "smithy.api#httpError": 500 }),
    changes: ["error-fault-changed:NoSuchBoat - M y"],
  },
  {
    name: "41 an error has another status",
    edit: (lake) => Object.assign(lake.traits("NoSuchBoat"), { "smithy.api#httpError": 410 }),
    changes: ["error-status-changed:NoSuchBoat - M y"],
  },
  {
    name: "42 an error is retryable",
    edit: (lake) => Object.assign(lake.traits("NoSuchBoat"), { "smithy.api#retryable": {} }),
    changes: ["error-retryable-added:NoSuchBoat - m -"],
  },
  {
    name: "42 an error is no longer retryable",
    edit: (lake) => void delete lake.traits("Busy")["smithy.api#retryable"],
    changes: ["error-retryable-removed:Busy - M -"],
  },
  {
    name: "42 an error is no longer throttling",
    edit: (lake) => Object.assign(lake.traits("Busy"), { "smithy.api#retryable": {} }),
    changes: ["error-throttling-changed:Busy - M -"],
  },
  {
    name: "43 an operation is idempotent",
    edit: (lake) => Object.assign(lake.traits("PutBoat"), { "smithy.api#idempotent": {} }),
    changes: ["idempotent-added:putBoat - m -"],
  },
  {
    name: "43 an operation no longer only reads",
    edit: (lake) => void delete lake.traits("ListBoats")["smithy.api#readonly"],
    changes: ["idempotent-removed:listBoats - M -"],
  },
  {
    name: "44 a member is an idempotency token",
    edit: (lake) => Object.assign(lake.traits("PutBoatRequest$Name"), { "smithy.api#idempotencyToken": {} }),
    changes: [
      "member-no-longer-required:PutBoatRequest.Name m p -",
      "idempotency-token-added:PutBoatRequest.Name - m y",
    ],
  },
  // The wire.
  {
    name: "45 an operation is sent elsewhere",
    edit: (lake) =>
      Object.assign(lake.traits("PutBoat"), { "smithy.api#http": { method: "PUT", uri: "/boat", code: 201 } }),
    changes: ["http-changed:putBoat - p y"],
  },
  {
    name: "45 a member is a header",
    edit: (lake) => Object.assign(lake.traits("PutBoatRequest$Note"), { "smithy.api#httpHeader": "x-note" }),
    changes: ["binding-changed:PutBoatRequest.Note - p y"],
  },
  {
    name: "46 another protocol is preferred",
    edit: (lake) => Object.assign(lake.traits("Lake"), { "aws.protocols#awsJson1_1": {} }),
    changes: [
      "protocol-changed:Lake - m y",
      "binding-changed:GetBoatRequest.Name - p y",
      "binding-changed:ListBoatsRequest.Most - p y",
      "binding-changed:ListBoatsRequest.Token - p y",
    ],
  },
  {
    name: "47 a bearer token comes first",
    edit: (lake) => {
      Object.assign(lake.traits("Lake"), {
        "smithy.api#httpBearerAuth": {},
        "smithy.api#auth": ["smithy.api#httpBearerAuth", "aws.auth#sigv4"],
      });
    },
    changes: ["client-option-added:LakeClientOptions.token m - -", "auth-changed:Lake - M y"],
  },
  {
    name: "47 an operation may be called without credentials",
    edit: (lake) => Object.assign(lake.traits("GetBoat"), { "smithy.api#optionalAuth": {} }),
    changes: ["auth-changed:getBoat - m y"],
  },
  {
    name: "47 it leaves AWS",
    edit: (lake) => {
      const service = lake.traits("Lake");
      for (const name of ["aws.api#service", "aws.auth#sigv4", "smithy.rules#endpointRuleSet"]) delete service[name];
      delete service["smithy.rules#clientContextParams"];
    },
    changes: [
      "auth-changed:Lake - m y",
      "client-option-removed:LakeClientOptions.harbour M M -",
      "endpoint-rules-removed:Lake M M y",
      "provider-changed:Lake M M -",
    ],
  },
  {
    name: "48 another service is signed for",
    edit: (lake) => Object.assign(lake.traits("Lake"), { "aws.auth#sigv4": { name: "sea" } }),
    changes: ["signing-name-changed:Lake - m y"],
  },
  {
    name: "49 the rules lead to another host",
    edit: (lake) =>
      Object.assign(lake.traits("Lake"), {
        "smithy.rules#endpointRuleSet": ruleSet("https://sea.{Region}.example.com"),
      }),
    changes: ["endpoint-changed:Lake - M y", "endpoint-changed:Lake UseFIPS - M y"],
  },
  {
    name: "49 the rules say the same in other words",
    edit: (lake) => {
      const rules = ruleSet("https://lake.{Region}.example.com") as { rules: object[] };
      const [given = {}, only = {}] = rules.rules;
      const isFips = { fn: "booleanEquals", argv: [{ ref: "UseFIPS" }, true] };
      Object.assign(lake.traits("Lake"), {
        "smithy.rules#endpointRuleSet": { ...rules, rules: [given, { ...only, conditions: [isFips] }, only] },
      });
    },
    changes: [],
  },
  {
    name: "49 requests to the endpoint are signed in another way",
    edit: (lake) => {
      const properties = { authSchemes: [{ name: "sigv4", signingName: "lake", signingRegion: "us-east-1" }] };
      Object.assign(lake.traits("Lake"), {
        "smithy.rules#endpointRuleSet": ruleSet("https://lake.{Region}.example.com", { properties }),
      });
    },
    changes: ["endpoint-signing:Lake - m y", "endpoint-signing:Lake UseFIPS - m y"],
  },
  {
    name: "50 an option of the client is gone",
    edit: (lake) => {
      delete lake.traits("Lake")["smithy.rules#clientContextParams"];
      const rules = lake.traits("Lake")["smithy.rules#endpointRuleSet"] as { parameters: Record<string, unknown> };
      delete rules.parameters["Harbour"];
    },
    changes: ["client-option-removed:LakeClientOptions.harbour M M -"],
  },
  {
    name: "51 requests carry a checksum",
    edit: (lake) => Object.assign(lake.traits("PutBoat"), { "smithy.api#httpChecksumRequired": {} }),
    changes: ["content-md5-added:putBoat - M y"],
  },
  {
    name: "52 requests are compressed",
    edit: (lake) => Object.assign(lake.traits("PutBoat"), { "smithy.api#requestCompression": { encodings: ["gzip"] } }),
    changes: ["request-compression-added:putBoat - m y"],
  },
  {
    name: "53 a member is streamed",
    edit: (lake) => {
      lake.shapes[id("Stream")] = { type: "blob", traits: { "smithy.api#streaming": {} } };
      lake.shape("GetBoatResponse")["members"] = {
        Boat: { target: id("Stream"), traits: { "smithy.api#httpPayload": {}, ...required } },
      };
      delete lake.traits("GetBoat")["smithy.waiters#waitable"];
    },
    changes: [
      "member-removed:GetBoatResponse.Left M M y",
      "member-type-changed:GetBoatResponse.Boat M M y",
      "waiter-removed:waitUntilBoatAfloat M M -",
      "member-always-there:GetBoatResponse.Boat m - - mocks",
      "binding-changed:GetBoatResponse.Boat - p y",
    ],
    optional: [
      "member-removed:GetBoatResponse.Left M M y",
      "member-type-changed:GetBoatResponse.Boat M M y",
      "waiter-removed:waitUntilBoatAfloat M M -",
      "member-always-there:GetBoatResponse.Boat m - - mocks",
      "binding-changed:GetBoatResponse.Boat - p y",
    ],
  },
  {
    name: "54 an event is added to a stream",
    base: withEvents,
    edit: (lake) => {
      lake.shapes[id("Storm")] = structure({ Force: { target: "smithy.api#Integer" } });
      lake.members("Sightings")["storm"] = target("Storm");
    },
    changes: ["type-added:Storm m - -", "union-member-added:Sightings.storm m m - exhaustive"],
  },
  {
    name: "54 an exception is added to a stream",
    base: withEvents,
    edit: (lake) => void (lake.members("Sightings")["busy"] = target("Busy")),
    changes: ["operation-error-added:watchBoats.Busy m - - exhaustive"],
  },
  {
    name: "54 a member of an event becomes a header",
    base: withEvents,
    edit: (lake) => Object.assign(lake.traits("Sighting$Far"), { "smithy.api#eventHeader": {} }),
    changes: ["binding-changed:Sighting.Far - M y"],
  },
  // Paginators and waiters.
  {
    name: "55 a paginator is gone",
    edit: (lake) => void delete lake.traits("ListBoats")["smithy.api#paginated"],
    changes: ["paginator-removed:paginateListBoats M M -"],
  },
  {
    name: "55 a paginator gives no items",
    edit: (lake) =>
      Object.assign(lake.traits("ListBoats"), {
        "smithy.api#paginated": { inputToken: "Token", outputToken: "Token" },
      }),
    changes: ["paginator-items-removed:paginateListBoats M M -", "paginator-tokens-changed:paginateListBoats - m y"],
  },
  {
    name: "56 a waiter is added",
    edit: (lake) => {
      const waiters = lake.traits("GetBoat")["smithy.waiters#waitable"] as Record<string, unknown>;
      waiters["BoatSunk"] = { acceptors: [{ state: "success", matcher: { errorType: "NoSuchBoat" } }] };
    },
    changes: ["waiter-added:waitUntilBoatSunk m - -"],
  },
  {
    name: "56 a waiter ends by another response",
    edit: (lake) => {
      const waiters = lake.traits("GetBoat")["smithy.waiters#waitable"] as Record<string, { acceptors: unknown[] }>;
      waiters["BoatAfloat"]?.acceptors.push({ state: "failure", matcher: { errorType: "NoSuchBoat" } });
    },
    changes: ["waiter-acceptors-changed:waitUntilBoatAfloat - m -"],
  },
  // What people see.
  {
    name: "57 a member is sensitive",
    edit: (lake) => Object.assign(lake.traits("Boat$Name"), { "smithy.api#sensitive": {} }),
    changes: ["sensitive-added:Boat.Name - p -"],
  },
  {
    name: "57 a shape is no longer sensitive",
    edit: (lake) => void delete lake.traits("Phone")["smithy.api#sensitive"],
    changes: ["sensitive-removed:Owner.Phone - M -"],
  },
  {
    name: "58 an operation is deprecated",
    edit: (lake) => Object.assign(lake.traits("ListBoats"), { "smithy.api#deprecated": { message: "Too many." } }),
    changes: ["deprecated:listBoats p - -", "documentation-changed:Lake p - -"],
  },
  {
    name: "59 documentation is written",
    edit: (lake) => {
      for (const name of ["GetBoat", "Boat", "Boat$Name"]) lake.traits(name)["smithy.api#documentation"] = "Afloat.";
    },
    changes: ["documentation-changed:Lake p - -"],
  },
  // Names.
  {
    name: "a list of what only inputs had is read, too, so read-only arrays are no longer taken",
    edit: (lake) => void (lake.members("PutBoatResponse")["Extra"] = target("Extra")),
    changes: ["member-type-changed:Extra.Sizes M - -", "member-added:PutBoatResponse.Extra m - -"],
  },
  {
    name: "the service has another name",
    edit: (lake) => Object.assign(lake.traits("Lake"), { "aws.api#service": { sdkId: "Sea", endpointPrefix: "lake" } }),
    changes: [
      "service-renamed:Lake M - -",
      "service-renamed:LakeClient M - -",
      "service-renamed:LakeClientOptions M - -",
      "service-renamed:LakeModel M - -",
    ],
  },
  {
    name: "a new shape takes the name of another export",
    edit: (lake) => {
      lake.shapes[id("GetBoatError")] = structure({ Name: string });
      lake.members("PutBoatResponse")["Failed"] = target("GetBoatError");
    },
    changes: [
      "export-removed:GetBoatError M - -",
      "member-added:PutBoatResponse.Failed m - -",
      "type-added:GetBoatError m - -",
    ],
  },
];
