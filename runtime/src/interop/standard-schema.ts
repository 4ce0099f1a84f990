import type { ValidationIssue } from "../errors/client.js";
import type { StructureShape } from "../schema/shapes.js";
import { validate } from "../validate/validate.js";

/**
 * A validator in the interface that libraries for forms, procedures and routes share: Standard Schema, version 1.
 *
 * @see https://standardschema.dev
 */
export interface StandardSchema<Value> {
  readonly "~standard": {
    readonly version: 1;
    readonly vendor: "clientsmith";
    /** Checks all constraints of the model. The value is returned as it is. */
    readonly validate: (value: unknown) => StandardResult<Value>;
    /** Carries the types; never has a value. */
    readonly types?: { readonly input: Value; readonly output: Value } | undefined;
  };
}

/** The value, or the issues that the function `validateX` returns. */
export type StandardResult<Value> =
  { readonly value: Value; readonly issues?: undefined } | { readonly issues: readonly ValidationIssue[] };

/** The Standard Schema of a structure. */
export function standardSchema<Value extends object>(shape: StructureShape): StandardSchema<Value> {
  return {
    "~standard": {
      version: 1,
      vendor: "clientsmith",
      validate: (value) => {
        const issues = validate(shape, value);
        return issues.length > 0 ? { issues } : { value: value as Value };
      },
    },
  };
}
