import { isJsonObject, type Json } from "../source/json.js";
import type { ShapeId } from "../model.js";
import { quote } from "../source/quote.js";
import { inside, type PathLocation } from "../source/source.js";
import { type Api2Context, present } from "./context.js";
import { deprecation } from "./members.js";
import type { ShapeReader } from "./shapes.js";

/** Known properties of an operation. The reader ignores some of them. */
const known: ReadonlySet<string> = new Set(
  (
    "name http input output errors idempotent readonly deprecated deprecatedMessage deprecatedSince documentation " +
    "documentationUrl endpoint authtype auth unsignedPayload endpointdiscovery endpointoperation httpChecksum " +
    "httpChecksumRequired requestcompression alias staticContextParams operationContextParams"
  ).split(" "),
);

/** Known values of `authtype`. With an unsigned body, the body is a stream. */
const authTypes: readonly unknown[] = ["", "none", "v4", "v4-unsigned-body"];

/** Reads `operations` of the file. */
export class OperationReader {
  readonly ids: ShapeId[] = [];
  /** The endpoint discovery operation, which returns the endpoints of the others. */
  endpointOperation: ShapeId | undefined;
  readonly #context: Api2Context;
  readonly #shapes: ShapeReader;

  constructor(shapes: ShapeReader, context: Api2Context) {
    this.#shapes = shapes;
    this.#context = context;
  }

  readAll(operations: Json, location: PathLocation): void {
    for (const [name, json] of Object.entries(operations)) {
      const at = inside(location, name);
      const id = this.#context.id(name);
      if (!this.#context.checkName("an operation", name, at)) continue;
      if (!isJsonObject(json)) {
        this.#context.error("invalid-operation", "An operation must be an object.", at, id);
        continue;
      }
      this.ids.push(id);
      this.#context.define(id, this.#read(name, json, at, id), at);
      if (json["endpointoperation"] === true) this.endpointOperation = id;
    }
  }

  #read(name: string, json: Json, location: PathLocation, id: ShapeId): Json {
    this.#context.warnOfOthers(json, known, location, id);
    const input = this.#side(json, "input", location, id, `${name}Request`);
    const output = this.#side(json, "output", location, id, `${name}Response`);
    const discovery = this.#context.object(json, "endpointdiscovery", location, id);
    const prefix = this.#context.object(json, "endpoint", location, id)?.["hostPrefix"];
    const flag = (property: string): object | undefined =>
      this.#context.value(json, property, "boolean", location, id) === true ? {} : undefined;
    const checksum = this.#context.object(json, "httpChecksum", location, id);
    return present({
      type: "operation",
      input: input === undefined ? undefined : { target: input },
      output: output === undefined ? undefined : { target: output },
      errors: this.#errors(json, location, id),
      traits: present({
        "smithy.api#documentation": this.#context.value(json, "documentation", "string", location, id),
        "smithy.api#deprecated": deprecation(json, location, id, this.#context),
        "smithy.api#idempotent": flag("idempotent"),
        "smithy.api#readonly": flag("readonly"),
        "smithy.api#http": this.#http(json, location, id),
        "smithy.api#endpoint": prefix === undefined ? undefined : { hostPrefix: prefix },
        "smithy.api#auth": this.#isUnsigned(json, location, id) ? [] : undefined,
        "aws.auth#unsignedPayload": json["authtype"] === "v4-unsigned-body" ? {} : flag("unsignedPayload"),
        "aws.api#clientDiscoveredEndpoint": discovery && { required: discovery["required"] === true },
        "aws.protocols#httpChecksum": checksum,
        "smithy.api#httpChecksumRequired": flag("httpChecksumRequired"),
        "smithy.api#requestCompression": this.#context.object(json, "requestcompression", location, id),
      }),
    });
  }

  #side(
    json: Json,
    side: "input" | "output",
    location: PathLocation,
    id: ShapeId,
    wanted: string,
  ): ShapeId | undefined {
    const given = this.#context.object(json, side, location, id);
    return given && this.#shapes.side(given, inside(location, side), wanted);
  }

  #errors(json: Json, location: PathLocation, id: ShapeId): readonly Json[] | undefined {
    const { errors } = json;
    if (errors === undefined) return undefined;
    const at = inside(location, "errors");
    if (!Array.isArray(errors)) {
      this.#context.error("invalid-property", "errors must be a list of objects with a shape.", at, id);
      return undefined;
    }
    return errors.flatMap((error: unknown, index): Json[] => {
      if (isJsonObject(error) && typeof error["shape"] === "string") {
        return [{ target: this.#shapes.named(error["shape"]) }];
      }
      const message = "An error must be an object with the name of a shape.";
      this.#context.error("invalid-property", message, inside(at, index), id);
      return [];
    });
  }

  /** `smithy.api#http`. Labels in the path are renamed to the names of the input members. */
  #http(json: Json, location: PathLocation, id: ShapeId): Json | undefined {
    const at = inside(location, "http");
    const http = this.#context.object(json, "http", location, id) ?? {};
    const method = this.#context.value(http, "method", "string", at, id) ?? "POST";
    const uri = this.#context.value(http, "requestUri", "string", at, id) ?? "/";
    const code = this.#context.value(http, "responseCode", "number", at, id);
    const { protocol } = this.#context;
    if (!protocol?.isRest) {
      if (!protocol || (uri === "/" && method === "POST")) return undefined;
      const message = `The protocol ${protocol.name} posts to /, so ${method} ${quote(uri)} cannot be kept.`;
      this.#context.error("unsupported-uri", message, at, id);
      return undefined;
    }
    const names = this.#labels(json["input"]);
    const [path = "", ...query] = uri.split("?");
    const labelled = path.replaceAll(/\{([^{}]+?)(\+?)\}/g, (label, name: string, plus: string) => {
      const member = names.get(name);
      return member === undefined ? label : `{${member}${plus}}`;
    });
    return present({ method, uri: [labelled, ...query].join("?"), code });
  }

  /** Names of input members, by the URI label that they fill. */
  #labels(input: unknown): ReadonlyMap<string, string> {
    const members = isJsonObject(input) ? this.#shapes.membersOf(input) : {};
    return new Map(
      Object.entries(members).flatMap(([name, member]): [string, string][] => {
        if (!isJsonObject(member) || member["location"] !== "uri") return [];
        return [[typeof member["locationName"] === "string" ? member["locationName"] : name, name]];
      }),
    );
  }

  #isUnsigned(json: Json, location: PathLocation, id: ShapeId): boolean {
    const authtype = this.#context.value(json, "authtype", "string", location, id) ?? "";
    if (!authTypes.includes(authtype)) {
      const message = `The authtype ${quote(authtype)} is not supported; supported are none and v4.`;
      this.#context.error("unsupported-auth", message, inside(location, "authtype"), id);
    }
    return authtype === "none" || (Array.isArray(json["auth"]) && json["auth"].includes("smithy.api#noAuth"));
  }
}
