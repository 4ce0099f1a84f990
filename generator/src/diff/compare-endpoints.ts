import type { Endpoint, EndpointParameters } from "@clientsmith/runtime/codegen/v1";
import { EndpointError } from "@clientsmith/runtime/codegen/v1";
import { evaluateRules } from "../dynamic-client/endpoint.js";
import { readBdd, readRuleSet } from "../endpoints/compile.js";
import type { Parameter } from "../endpoints/tree.js";
import type { EndpointRules, ServiceFacts } from "./facts.js";
import { isSame } from "./own.js";
import type { Comparing } from "./pair.js";
import { regions } from "./regions.js";

/** Parameters of endpoint rules, by name. */
export type EndpointCase = Readonly<Record<string, string | boolean | readonly string[]>>;

interface Rules {
  readonly parameters: readonly Parameter[];
  readonly resolve: (given: EndpointParameters) => Endpoint;
}

/** A difference, and the cases that show it. */
interface Group {
  readonly kind: "changed" | "removed" | "added" | "signing";
  /** What is switched on. */
  readonly flags: string;
  readonly cases: { readonly given: EndpointCase; readonly before: string; readonly after: string }[];
}

/** Resolves the same endpoints by the rules of both clients: only their results count, not how they are written. */
export function compareEndpoints({ old, new: now, report }: Comparing, tests: readonly EndpointCase[]): void {
  if (isSame(old.rules, now.rules)) return;
  const about = { subject: now.names["service"] ?? "", at: { side: "new" as const, shapeId: now.id } };
  const [before, after] = [rulesOf(old), rulesOf(now)];
  if (!before && !after) return;
  if (!before) {
    const message = `The client finds its endpoint${old.isPlain ? "" : " by Region"}; before, it had to be given.`;
    report({
      ...about,
      code: "endpoint-rules-added",
      message,
      ...(old.isPlain && { types: "minor" }),
      behaviour: "minor",
    });
    return;
  }
  if (!after) {
    const message = `The client finds its endpoint no longer${now.isPlain ? "" : " by Region"}: it has to be given.`;
    // Outside AWS, it is a required option.
    const types = now.isPlain && { types: "major" as const };
    report({ ...about, code: "endpoint-rules-removed", message, ...types, behaviour: "major", wire: true });
    return;
  }
  for (const { kind, flags, cases } of groupsOf(before, after, tests)) {
    const shown = cases.slice(0, 3).map((each) => `${wordsOf(each.given)}: ${each.after}, before ${each.before}`);
    const rest = cases.length > shown.length ? `; and ${cases.length - shown.length} more` : "";
    report({
      ...about,
      code: `endpoint-${kind}`,
      subject: [about.subject, flags].filter((part) => part !== "").join(" "),
      message: `${heads[kind]} ${shown.join("; ")}${rest}.`,
      behaviour: kind === "added" ? "minor" : kind === "signing" ? "minor" : "major",
      wire: true,
    });
  }
}

const heads: Readonly<Record<Group["kind"], string>> = {
  changed: "The endpoint is another one.",
  removed: "There is no endpoint any more.",
  added: "There is an endpoint.",
  signing: "Requests to the endpoint are signed in another way.",
};

function rulesOf({ rules, id }: ServiceFacts): Rules | undefined {
  if (!rules) return undefined;
  const { parameters, code } = readRules(rules, id);
  return code && { parameters, resolve: evaluateRules(parameters, code) };
}

function readRules({ form, rules }: EndpointRules, shapeId: string): ReturnType<typeof readRuleSet> {
  return form === "bdd" ? readBdd(rules, { shapeId }) : readRuleSet(rules, { shapeId });
}

function groupsOf(before: Rules, after: Rules, tests: readonly EndpointCase[]): Iterable<Group> {
  const groups = new Map<string, Group>();
  const shared = new Set(before.parameters.map(({ name }) => name));
  const seen = new Set<string>();
  for (const given of [...regionCases(before), ...tests]) {
    const key = JSON.stringify(Object.entries(given).toSorted(([left], [right]) => (left < right ? -1 : 1)));
    // A parameter that the old client did not have is a change of its own.
    if (seen.has(key) || Object.keys(given).some((name) => !shared.has(name))) continue;
    seen.add(key);
    const [old, now] = [outcome(before, given), outcome(after, given)];
    const kind = kindOf(old, now);
    if (!kind) continue;
    const [left, right] = [shownOf(old, kind), shownOf(now, kind)];
    const flags = flagsOf(given);
    const name = `${kind} ${flags}`;
    const group = groups.get(name) ?? { kind, flags, cases: [] };
    group.cases.push({ given, before: left, after: right });
    groups.set(name, group);
  }
  return groups.values();
}

/** Every Region, with each combination of the switches that all services know. */
function regionCases({ parameters }: Rules): EndpointCase[] {
  const named = (builtIn: string): string | undefined =>
    parameters.find((parameter) => parameter.builtIn === builtIn)?.name;
  const region = named("AWS::Region");
  const switches = [named("AWS::UseFIPS"), named("AWS::UseDualStack")].filter((name) => name !== undefined);
  if (region === undefined) return [{}];
  return regions.flatMap((name) =>
    switches.reduce<EndpointCase[]>(
      (cases, each) =>
        cases.flatMap((given) => [
          { ...given, [each]: false },
          { ...given, [each]: true },
        ]),
      [{ [region]: name }],
    ),
  );
}

type Outcome = { readonly endpoint: Endpoint } | { readonly error: string };

function outcome({ resolve }: Rules, given: EndpointCase): Outcome {
  try {
    return { endpoint: resolve(given) };
  } catch (error) {
    if (error instanceof EndpointError) return { error: error.message };
    throw error;
  }
}

function kindOf(before: Outcome, after: Outcome): Group["kind"] | undefined {
  if ("error" in before) return "error" in after ? undefined : "added";
  if ("error" in after) return "removed";
  if (before.endpoint.url !== after.endpoint.url) return "changed";
  const { url: _before, ...left } = before.endpoint;
  const { url: _after, ...right } = after.endpoint;
  return isSame(left, right) ? undefined : "signing";
}

function shownOf(result: Outcome, kind: Group["kind"]): string {
  if ("error" in result) return `none (${result.error})`;
  const { url, ...rest } = result.endpoint;
  return kind === "signing" ? JSON.stringify(rest) : url;
}

/** What is switched on in a case. */
function flagsOf(given: EndpointCase): string {
  return Object.entries(given)
    .flatMap(([name, value]) => (value === true ? name : []))
    .toSorted()
    .join("+");
}

function wordsOf(given: EndpointCase): string {
  return Object.entries(given)
    .flatMap(([name, value]) => (value === false ? [] : `${name}=${String(value)}`))
    .join(" ");
}
