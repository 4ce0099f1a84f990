import { fillInput, fillOutput } from "../schema/defaults.js";
import type { Operation, OperationCodec } from "../schema/service.js";
import type { Feature } from "./feature.js";

/**
 * `smithy.api#default` and client error correction: fills members that are not set, in both directions.
 *
 * @see https://smithy.io/2.0/spec/type-refinement-traits.html#default-value-serialization
 * @see https://smithy.io/2.0/spec/aggregate-types.html#client-error-correction
 */
export function defaults(): Feature {
  return { name: "defaults", codec: withDefaults };
}

export function withDefaults(codec: OperationCodec, { name, input, output, errors }: Operation): OperationCodec {
  return {
    ...codec,
    serialize: (value) => codec.serialize(fillInput(input, value)),
    readOutput: (response) => {
      const read = codec.readOutput(response);
      try {
        return fillOutput(output, read);
      } catch (cause) {
        // A `SyntaxError` from here would be treated as an error of the body.
        throw new TypeError(`The modelled defaults of ${name} cannot be filled in`, { cause });
      }
    },
    readError: async (response) => {
      const error = await codec.readError(response);
      const shape = errors?.find((each) => each.shape.name === error.code)?.shape;
      return shape ? { ...error, members: { ...fillOutput(shape, error.members) } } : error;
    },
  };
}
