import { isJsonObject, type Json } from "../ast/json.js";
import { quote } from "../ast/quote.js";
import type { Report } from "../ast/report.js";
import { inside, type Path, type PathPlace } from "../ast/source.js";
import { readCompanions } from "./companions.js";
import { Api2Context, type Origins, present } from "./context.js";
import { readService, serviceNames } from "./metadata.js";
import { OperationReader } from "./operations.js";
import { api2Protocols } from "./protocol.js";
import { ShapeReader } from "./shapes.js";

/** Everything that a description may have; of some the reader needs nothing. */
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
 * Says in Smithy's JSON AST what an AWS api-2 description says, with the paginators and waiters that stand in it or are
 * given beside it. What is wrong is reported where it stands in the description; what Smithy then finds wrong with the
 * shapes has its place by {@link originOf}.
 */
export function readApi2(api: Json, place: PathPlace, companions: readonly PathPlaced[], report: Report): SmithyForm {
  const metadata = isJsonObject(api["metadata"]) ? api["metadata"] : {};
  const { namespace, shape } = serviceNames(metadata);
  const protocol = api2Protocols.get(metadata["protocol"]);
  const hasErrorCodes = protocol?.isXml === true || metadata["awsQueryCompatible"] !== undefined;
  const context = new Api2Context({ namespace, protocol, hasErrorCodes }, report);
  checkVersion(api, place, context);
  context.warnOfOthers(api, known, place);

  const operations = isJsonObject(api["operations"]) ? api["operations"] : {};
  // The names of operations are those of methods, so it is others that make way.
  for (const name of Object.keys(operations)) context.claim(name);
  const serviceId = context.id(context.claim(shape));
  const shapes = new ShapeReader(context.object(api, "shapes", place) ?? {}, context);
  shapes.readAll(inside(place, "shapes"));
  const read = new OperationReader(shapes, context);
  read.readAll(operations, inside(place, "operations"));
  const service = readService(api, metadata, serviceId, place, context);
  const traits = {
    ...(service["traits"] as Json),
    ...(read.endpointOperation !== undefined && {
      "aws.api#clientEndpointDiscovery": { operation: read.endpointOperation },
    }),
  };
  context.define(
    serviceId,
    { ...service, operations: read.ids.map((target) => ({ target })), traits },
    inside(place, "metadata"),
  );
  readCompanions(api, place, companions, context);
  return { model: present({ smithy: "2.0", shapes: context.shapes }), origins: context.origins };
}

/** A parsed file and its place. */
export interface PathPlaced {
  readonly value: unknown;
  readonly place: PathPlace;
}

function checkVersion({ version }: Json, place: PathPlace, context: Api2Context): void {
  // Abbreviated files of the first services have none.
  if (version === undefined || version === "2.0") return;
  const given = typeof version === "string" ? version : JSON.stringify(version);
  const message = `The version ${quote(given)} of the description is not known; this generator reads "2.0".`;
  context.error("unknown-version", message, inside(place, "version"));
}

/** Where what stands at a path of the Smithy form comes from. */
export function originOf(path: Path, origins: Origins): Path {
  const [first, id, kind, name] = path;
  if (first !== "shapes" || typeof id !== "string") return path;
  const member = kind === "members" ? name : ["member", "key", "value"].includes(String(kind)) ? kind : undefined;
  return (member === undefined ? undefined : origins.get(`${id}$${member}`)) ?? origins.get(id) ?? path;
}
