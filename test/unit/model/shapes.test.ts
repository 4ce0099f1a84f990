import { describe, expect, it } from "vitest";
import {
  enumValues,
  namespace,
  operations,
  service,
  shape,
  shapes,
  trait,
  version,
  type Shape,
  type Traits,
} from "./support.js";

interface Bounds {
  readonly min?: number;
  readonly max?: number;
}

const readonly =
  "DescribeTrails GetEventSelectors GetInsightSelectors GetTrail GetTrailStatus ListPublicKeys ListTags ListTrails LookupEvents";
const idempotent =
  "AddTags DeleteTrail PutEventSelectors PutInsightSelectors RemoveTags StartLogging StopLogging UpdateTrail";

/** Number of errors that each operation declares, and the statuses that are not 400. */
const errorCounts = {
  AddTags: 16,
  CreateTrail: 33,
  DeleteTrail: 11,
  DescribeTrails: 5,
  GetEventSelectors: 6,
  GetInsightSelectors: 10,
  GetTrail: 5,
  GetTrailStatus: 5,
  ListPublicKeys: 4,
  ListTags: 12,
  ListTrails: 2,
  LookupEvents: 7,
  PutEventSelectors: 12,
  PutInsightSelectors: 17,
  RemoveTags: 15,
  StartLogging: 11,
  StopLogging: 11,
  UpdateTrail: 33,
};
const statuses = {
  ChannelNotFoundException: 404,
  ConflictException: 409,
  EventDataStoreNotFoundException: 404,
  InsufficientS3BucketPolicyException: 403,
  InsufficientSnsTopicPolicyException: 403,
  MaximumNumberOfTrailsExceededException: 403,
  NoManagementAccountSLRExistsException: 403,
  OrganizationsNotInUseException: 404,
  S3BucketDoesNotExistException: 404,
  ThrottlingException: 429,
  TrailNotFoundException: 404,
  TrailNotProvidedException: 404,
};

const named = (id: string): string => id.slice(namespace.length);

/** Names of the operations that carry a trait. */
const having = (id: string): string =>
  [...operations.keys()].filter((name) => trait(operations.get(name), id) !== undefined).join(" ");

/** Every shape that a shape names. */
function references({ members, member, input, output, errors, operations: bound }: Shape): string[] {
  const all = [...Object.values(members ?? {}), member, input, output, ...(errors ?? []), ...(bound ?? [])];
  return all.flatMap((reference) => reference?.target ?? []);
}

function group(s: Shape): number {
  if (s.type === "service") return 0;
  if (s.type === "operation" || trait(s, "input") || trait(s, "output")) return 1;
  return trait(s, "error") ? 3 : 2;
}

describe("the service", () => {
  it("states what a client has to know", () => {
    expect(version).toBe("2.0");
    expect(service.version).toBe("2013-11-01");
    expect(trait(service, "aws.protocols#awsJson1_1")).toEqual({});
    expect(trait(service, "aws.auth#sigv4")).toEqual({ name: "cloudtrail" });
    expect(trait(service, "aws.api#service")).toMatchObject({ sdkId: "CloudTrail", endpointPrefix: "cloudtrail" });
    expect(trait(service, "title")).toBeTruthy();
  });

  it("binds every operation", () => {
    expect(service.operations?.map(({ target }) => named(target))).toEqual([...operations.keys()]);
  });
});

describe("every shape", () => {
  it("is documented, members and values included", () => {
    const bare: string[] = [];
    const look = (id: string, of: { readonly traits?: Readonly<Record<string, unknown>> }): void => {
      const text = trait<string>(of, "documentation");
      if (!text || text.trim() !== text) bare.push(id);
    };
    for (const [id, s] of shapes) {
      look(id, s);
      for (const [name, member] of Object.entries(s.members ?? {})) look(`${id}$${name}`, member);
      if (s.member) look(`${id}$member`, s.member);
    }
    expect(bare).toEqual([]);
  });

  it("leaves to its traits to say its limits: otherwise they would be shown twice", () => {
    const twice: string[] = [];
    const look = (id: string, text = "", ...owners: readonly { readonly traits?: Traits }[]): void => {
      // What several members or shapes hold together is another limit.
      const own = text.replaceAll(/[^.;]*\btogether\b[^.;]*/g, "");
      for (const bounds of owners.flatMap((each) => [trait<Bounds>(each, "length"), trait<Bounds>(each, "range")])) {
        if (bounds?.max === undefined) continue;
        const { min, max } = bounds;
        const output = new RegExp(
          `most ${max}( \\w+)* (characters|items)|most ${max}[.,:;]|${max} at most|${min} to ${max}\\b`,
        );
        if (output.test(own)) twice.push(id);
      }
    };
    for (const [id, s] of shapes) {
      look(id, trait(s, "documentation"), s);
      if (s.type === "enum") continue;
      for (const [name, member] of Object.entries(s.members ?? {})) {
        look(`${id}$${name}`, trait(member, "documentation"), member, shape(member.target));
      }
    }
    expect(twice).toEqual([]);
  });

  it("targets shapes that exist", () => {
    const targets = [...shapes.values()].flatMap(references).filter((id) => id !== "smithy.api#Unit");
    for (const id of targets) expect(() => shape(id)).not.toThrow();
  });

  it("is reached from the service", () => {
    const seen = new Set<string>();
    const visit = (id: string): void => {
      if (seen.has(id) || !shapes.has(id)) return;
      seen.add(id);
      for (const next of references(shape(id))) visit(next);
    };
    visit(`${namespace}CloudTrail_20131101`);
    expect([...shapes.keys()].filter((id) => !seen.has(id))).toEqual([]);
  });

  it("is in its group: service, operations with input and output, shared shapes, errors", () => {
    const groups = [...shapes.values()].map(group);
    expect(groups).toEqual(groups.toSorted((a, b) => a - b));
  });
});

describe("every operation", () => {
  it("has an input and an output of its own, and examples", () => {
    for (const [name, operation] of operations) {
      expect(named(operation.input?.target ?? "")).toBe(`${name}Request`);
      expect(named(operation.output?.target ?? "")).toBe(`${name}Response`);
      expect(trait(shape(`${name}Request`), "input")).toEqual({});
      expect(trait(shape(`${name}Response`), "output")).toEqual({});
      expect(trait<unknown[]>(operation, "examples") ?? []).not.toHaveLength(0);
    }
  });

  it("declares its errors", () => {
    const counts = Object.fromEntries([...operations].map(([name, operation]) => [name, operation.errors?.length]));
    expect(counts).toEqual(errorCounts);
  });

  it("reports whether it only reads, and whether it can be repeated", () => {
    expect(having("readonly")).toBe(readonly);
    expect(having("idempotent")).toBe(idempotent);
  });

  it("pages where the service pages", () => {
    const pages = [...operations].map(([name, operation]) => [name, trait(operation, "paginated")] as const);
    const token = { inputToken: "NextToken", outputToken: "NextToken" };
    expect(Object.fromEntries(pages.filter(([, value]) => value !== undefined))).toEqual({
      ListPublicKeys: { ...token, items: "PublicKeyList" },
      ListTags: { ...token, items: "ResourceTagList" },
      ListTrails: { ...token, items: "Trails" },
      LookupEvents: { ...token, items: "Events", pageSize: "MaxResults" },
    });
  });
});

describe("errors", () => {
  const errors = [...shapes].filter(([, s]) => trait(s, "error") !== undefined);

  it("are 52, each the caller's fault, with a status and a message", () => {
    expect(errors).toHaveLength(52);
    const facts = errors.map(([id, error]) => ({
      name: named(id),
      fault: trait(error, "error"),
      status: trait(error, "httpError"),
      members: Object.keys(error.members ?? {}),
    }));
    const expected = facts.map(({ name }) => ({
      name,
      fault: "client",
      status: statuses[name as keyof typeof statuses] ?? 400,
      members: ["Message"],
    }));
    expect(facts).toEqual(expected);
  });
});

describe("enums", () => {
  it("have every value", () => {
    const enums = [...shapes].filter(([, s]) => s.type === "enum").map(([id, s]) => [named(id), enumValues(s)]);
    expect(Object.fromEntries(enums)).toEqual({
      EventCategory: ["insight"],
      InsightType: ["ApiCallRateInsight"],
      LookupAttributeKey: [
        "EventId",
        "EventName",
        "ReadOnly",
        "Username",
        "ResourceType",
        "ResourceName",
        "EventSource",
        "AccessKeyId",
      ],
      ReadWriteType: ["ReadOnly", "WriteOnly", "All"],
    });
  });
});

describe("endpoint rules", () => {
  interface Case {
    readonly documentation: string;
    readonly params: Readonly<Record<string, unknown>>;
    readonly expect: { readonly endpoint?: { readonly url: string }; readonly error?: string };
  }
  const rules = trait<{ readonly parameters: Readonly<Record<string, { builtIn: string }>> }>(
    service,
    "smithy.rules#endpointRuleSet",
  );
  const cases = trait<{ readonly testCases: readonly Case[] }>(service, "smithy.rules#endpointTests")?.testCases ?? [];

  it("take the four built-in parameters", () => {
    const builtIns = Object.values(rules?.parameters ?? {}).map(({ builtIn }) => builtIn);
    expect(builtIns).toEqual(["AWS::Region", "AWS::UseDualStack", "AWS::UseFIPS", "SDK::Endpoint"]);
  });

  it("have cases of their own in every partition", () => {
    expect(cases.length).toBeGreaterThanOrEqual(40);
    expect(new Set(cases.map((one) => one.documentation)).size).toBe(cases.length);
    const plain = cases.filter(({ params }) => !params["UseFIPS"] && !params["UseDualStack"] && !params["Endpoint"]);
    const hosts = plain.flatMap((one) => one.expect.endpoint?.url.split(/^https:\/\/cloudtrail\.[^.]+\./)[1] ?? []);
    expect([...new Set(hosts)].toSorted()).toEqual([
      "amazonaws.com",
      "amazonaws.com.cn",
      "amazonaws.eu",
      "c2s.ic.gov",
      "cloud.adc-e.uk",
      "csp.hci.ic.gov",
      "sc2s.sgov.gov",
    ]);
  });

  it("result in an endpoint or an error in each case, from known parameters", () => {
    for (const one of cases) {
      expect(Object.keys(one.expect)).toEqual([one.expect.endpoint ? "endpoint" : "error"]);
      for (const name of Object.keys(one.params)) expect(rules?.parameters).toHaveProperty(name);
    }
    expect(cases.filter((one) => one.expect.error !== undefined)).not.toHaveLength(0);
  });
});
