import type { ServiceErrorClass } from "../schema/service.js";
import type { StructureShape } from "../schema/shapes.js";
import type { HttpResponse } from "../schema/http.js";

/** The error that a response names. */
export interface NamedError {
  /** The shape name of the modelled error, else the code on the wire; undefined if the response has none. */
  readonly code: string | undefined;
  /** The shape of the modelled error. */
  readonly shape: StructureShape | undefined;
}

/**
 * Finds the modelled error of a response: by its type, else by its code in awsQuery, which services that once used that
 * protocol send as `Code;Fault` in `x-amzn-query-error`.
 *
 * @param type as in the protocol: `aws.protocoltests#FooError:http://…` is `FooError`
 * @see https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#aws-protocols-awsquerycompatible-trait
 */
export function nameError(
  response: HttpResponse,
  type: string | undefined,
  errors: readonly ServiceErrorClass[],
): NamedError {
  const name = type === undefined ? undefined : localName(type);
  const queryCode = response.headers["x-amzn-query-error"]?.split(";", 1)[0]?.trim() || undefined;
  const shape = find(errors, (each) => each.name === name) ?? findByQueryCode(errors, queryCode ?? name);
  return { code: shape?.name ?? queryCode ?? name, shape };
}

function localName(type: string): string {
  const withoutUri = type.split(":", 1)[0] ?? type;
  return withoutUri.slice(withoutUri.indexOf("#") + 1).trim();
}

/** The code of an error without `aws.protocols#awsQueryError` is its shape's name. */
function findByQueryCode(errors: readonly ServiceErrorClass[], code: string | undefined): StructureShape | undefined {
  if (code === undefined) return undefined;
  return find(errors, ({ name, error }) => (error?.queryErrorCode ?? name) === code);
}

function find(
  errors: readonly ServiceErrorClass[],
  accept: (shape: StructureShape) => boolean,
): StructureShape | undefined {
  return errors.find(({ shape }) => accept(shape))?.shape;
}
