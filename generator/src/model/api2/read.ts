import { isJsonObject, type Json } from "../source/json.js";
import { quote } from "../source/quote.js";
import type { Report } from "../source/report.js";
import { inside, type Path, type PathLocation } from "../source/source.js";
import { Api2Context, type Origins, present } from "./context.js";
import { readService, serviceNames } from "./metadata.js";
import { OperationReader } from "./operations.js";
import { api2Protocols } from "./protocol.js";
import { ShapeReader } from "./shapes.js";
import { readPaginator } from "./pagination.js";
import { readWaiter } from "./waiters.js";

/** Known properties of a description. The reader ignores some of them. */
const known: ReadonlySet<string> = new Set(
  (
    "version metadata operations shapes documentation examples deprecated deprecatedMessage clientContextParams authorizers " +
    "pagination paginators waiters"
  ).split(" "),
);

export interface SmithyForm {
  /** The model in Smithy's JSON AST. */
  readonly model: Json;
  readonly origins: Origins;
}

/**
 * Converts an AWS api-2 description to Smithy's JSON AST, with the paginators and waiters that it contains or that are
 * in companion files. Problems are reported at their location in the description. {@link originOf} returns the location
 * of problems that are found later in the shapes.
 */
export function readApi2(
  api: Json,
  location: PathLocation,
  companions: readonly PathPlaced[],
  report: Report,
): SmithyForm {
  const metadata = isJsonObject(api["metadata"]) ? api["metadata"] : {};
  const { namespace, shape } = serviceNames(metadata);
  const protocol = api2Protocols.get(metadata["protocol"]);
  const hasErrorCodes = protocol?.isXml === true || metadata["awsQueryCompatible"] !== undefined;
  const context = new Api2Context({ namespace, protocol, hasErrorCodes }, report);
  checkVersion(api, location, context);
  context.warnOfOthers(api, known, location);

  const operations = isJsonObject(api["operations"]) ? api["operations"] : {};
  // Operations are named first, because their names are those of methods.
  for (const name of Object.keys(operations)) context.claim(name);
  const serviceId = context.id(context.claim(shape));
  const shapes = new ShapeReader(context.object(api, "shapes", location) ?? {}, context);
  shapes.readAll(inside(location, "shapes"));
  const read = new OperationReader(shapes, context);
  read.readAll(operations, inside(location, "operations"));
  const service = readService(api, metadata, serviceId, location, context);
  const traits = {
    ...(service["traits"] as Json),
    ...(read.endpointOperation !== undefined && {
      "aws.api#clientEndpointDiscovery": { operation: read.endpointOperation },
    }),
  };
  context.define(
    serviceId,
    { ...service, operations: read.ids.map((target) => ({ target })), traits },
    inside(location, "metadata"),
  );
  readCompanions(api, location, companions, context);
  return { model: present({ smithy: "2.0", shapes: context.shapes }), origins: context.origins };
}

/** A parsed file and its location. */
export interface PathPlaced {
  readonly value: unknown;
  readonly location: PathLocation;
}

function checkVersion({ version }: Json, location: PathLocation, context: Api2Context): void {
  // Abbreviated files of early services have no version.
  if (version === undefined || version === "2.0") return;
  const given = typeof version === "string" ? version : JSON.stringify(version);
  const message = `The version ${quote(given)} of the description is not known; this generator reads "2.0".`;
  context.error("unknown-version", message, inside(location, "version"));
}

/** Path in the description for a path of the Smithy form. */
export function originOf(path: Path, origins: Origins): Path {
  const [first, id, kind, name] = path;
  if (first !== "shapes" || typeof id !== "string") return path;
  const member = kind === "members" ? name : ["member", "key", "value"].includes(String(kind)) ? kind : undefined;
  return (member === undefined ? undefined : origins.get(`${id}$${member}`)) ?? origins.get(id) ?? path;
}

/** Reads paginators and waiters: those in the description itself, as in AWS SDK v2, and those of companion files. */
export function readCompanions(
  api: Json,
  location: PathLocation,
  companions: readonly PathPlaced[],
  context: Api2Context,
): void {
  for (const key of ["pagination", "paginators"]) readAll(api, key, location, context, readPaginator);
  readWaiters(api, location, context);
  for (const { value, location: at } of companions) {
    if (!isJsonObject(value) || !(isJsonObject(value["pagination"]) || isJsonObject(value["waiters"]))) {
      context.error(
        "invalid-companion",
        'The file has neither "pagination" nor "waiters", so it is not a companion of the description.',
        at,
      );
      continue;
    }
    readAll(value, "pagination", at, context, readPaginator);
    readWaiters(value, at, context);
  }
}

/** Only version 2 of waiters is read. It is in a separate file, not in the description. */
function readWaiters(json: Json, location: PathLocation, context: Api2Context): void {
  const { waiters, version } = json;
  if (waiters !== undefined && version !== undefined && Number(version) !== 2) {
    context.error("unknown-version", "The version of waiters must be 2.", inside(location, "version"));
    return;
  }
  readAll(json, "waiters", location, context, readWaiter);
}

type ReadOne = (name: string, json: Json, location: PathLocation, context: Api2Context) => void;

function readAll(json: Json, key: string, location: PathLocation, context: Api2Context, read: ReadOne): void {
  const at = inside(location, key);
  for (const [name, value] of Object.entries(context.object(json, key, location) ?? {})) {
    if (isJsonObject(value)) read(name, value, inside(at, name), context);
    else context.error("invalid-companion", `${quote(name)} must be an object.`, inside(at, name));
  }
}
