import { type HttpBindings, httpBindings } from "../../../protocols/http/bindings.js";
import type { Operation } from "../../../schema/service.js";
import type { ReceivedRequest } from "../../../signing/verify.js";
import { parseQuery, type QueryValues } from "./query.js";

/** One operation's `smithy.api#http` trait, compiled. */
export interface Route {
  readonly operation: Operation;
  readonly bindings: HttpBindings;
  readonly method: string;
  readonly path: RegExp;
  /** Names of the labels, in the order of the groups of `path`. */
  readonly labels: readonly string[];
  /** Constants of the query: name and value. */
  readonly literals: readonly (readonly [name: string, value: string])[];
  /** Required members in the query and in headers. */
  readonly required: { readonly query: readonly string[]; readonly headers: readonly string[] };
  /** A letter for each segment of the path: specific segments sort before labels. */
  readonly rank: string;
}

export interface FoundRoute {
  readonly route: Route;
  /** Percent-encoded, by member. */
  readonly labels: Readonly<Record<string, string>>;
}

/**
 * A label that is absent from the path is determined by the endpoint. Local endpoints are IP addresses, so it is the
 * first segment, as in path-style requests of S3.
 */
function compileRoute(operation: Operation): Route | undefined {
  if (!operation.http) return undefined;
  const { method, uri } = operation.http;
  const [template = "", constants = ""] = uri.split(/\?(.*)/s);
  const bindings = httpBindings(operation.input, "request");
  const elsewhere = bindings.labels.filter(({ name }) => !new RegExp(`\\{${name}\\+?\\}`).test(template));
  const segments = [
    ...elsewhere.map(({ name }) => `{${name}}`),
    ...template.split("/").filter((segment) => segment !== ""),
  ];
  const labels: string[] = [];
  const pattern = segments.map((segment) => {
    const label = /^\{([^{}+]+)(\+?)\}$/.exec(segment);
    if (!label) return escapeExpression(segment);
    labels.push(label[1] ?? "");
    return label[2] === "+" ? "(.+)" : "([^/]+)";
  });
  const isOpen = pattern.at(-1) === "(.+)";
  const isRequired = ({ member }: { readonly member: { readonly required?: true } }): boolean =>
    member.required === true;
  return {
    operation,
    bindings,
    method,
    path: new RegExp(`^/${pattern.join("/")}${isOpen || pattern.length === 0 ? "" : "/?"}$`, "s"),
    labels,
    literals: [...parseQuery(constants)].map(([name, [value = ""]]) => [name, value]),
    required: {
      query: bindings.query.filter(isRequired).map(({ key }) => key),
      headers: bindings.headers.filter(isRequired).map(({ key }) => key),
    },
    rank: segments.map((segment) => (!segment.startsWith("{") ? "a" : segment.includes("+") ? "c" : "b")).join(""),
  };
}

function escapeExpression(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}

/**
 * Finds operations by method, path and query.
 *
 * @see https://smithy.io/2.0/spec/http-bindings.html#http-uri-label
 */
export class Router {
  readonly #routes: readonly Route[];

  constructor(operations: readonly Operation[]) {
    this.#routes = operations
      .flatMap((operation) => compileRoute(operation) ?? [])
      .toSorted((left, right) => compareRanks(left, right) || right.literals.length - left.literals.length);
  }

  find(request: ReceivedRequest): FoundRoute | undefined {
    const query = parseQuery(request.query);
    const path = pathOf(request);
    const matching = this.#routes.filter(
      (route) => route.method === request.method && route.path.test(path) && route.literals.every(hasLiteral(query)),
    );
    const route = mostSpecific(matching, request, query);
    if (!route) return undefined;
    const texts = route.path.exec(path)?.slice(1) ?? [];
    return { route, labels: Object.fromEntries(route.labels.map((name, index) => [name, texts[index] ?? ""])) };
  }
}

/** The path; the bucket of a virtual-hosted request (`bucket.localhost`) is put in front. */
function pathOf({ path, headers }: ReceivedRequest): string {
  const subdomain = /^(.+)\.localhost(?::\d+)?$/.exec(String(headers["host"] ?? ""))?.[1];
  return subdomain === undefined ? path : `/${subdomain}${path}`;
}

function compareRanks({ rank: left }: Route, { rank: right }: Route): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

/** `x-id` is optional: it repeats the operation's name, and only some clients send it. */
function hasLiteral(query: QueryValues): (literal: Route["literals"][number]) => boolean {
  return ([name, value]) => {
    const found = query.get(name);
    return found ? value === "" || found.includes(value) : name === "x-id";
  };
}

/**
 * Several operations may share method, path and constants: those of S3 differ in required members (`UploadPart` and
 * `PutObject`). Of those whose required members are present, the one with most of them is meant.
 */
function mostSpecific(routes: readonly Route[], request: ReceivedRequest, query: QueryValues): Route | undefined {
  const [first] = routes;
  if (!first || routes.length === 1 || query.has("x-id")) return first;
  const alike = routes.filter((route) => compareRanks(route, first) === 0);
  const constants = (route: Route): number => route.literals.filter(([name]) => query.has(name)).length;
  const present = ({ required }: Route): boolean =>
    required.query.every((name) => query.has(name)) &&
    required.headers.every((name) => request.headers[name] !== undefined);
  const required = ({ required: { query: names, headers } }: Route): number => names.length + headers.length;
  const [best] = alike
    .filter(present)
    .toSorted((left, right) => constants(right) - constants(left) || required(right) - required(left));
  return best ?? first;
}
