import type { ServiceErrorClass } from "../schema/service.js";
import type { StructureShape } from "../schema/shapes.js";
import type { HttpResponse } from "../transport/types.js";

/** An error as a response names it. */
export interface NamedError {
  /** The name of the modelled error's shape, else the code on the wire; undefined where the response has none. */
  readonly code: string | undefined;
  /** Of the modelled error. */
  readonly shape: StructureShape | undefined;
}

/**
 * Finds the modelled error that a response means: by its type, else by the code that it has in awsQuery, which services
 * that once spoke that protocol send as `Code;Fault` in `x-amzn-query-error`.
 *
 * @param type as the protocol has it: `aws.protocoltests#FooError:http://…` is `FooError`
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

/** An error without `aws.protocols#awsQueryError` has its shape's name as its code. */
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
