import { fillDefaults } from "../schema/defaults.js";
import type { Operation } from "../schema/operation.js";
import type { OperationCodec } from "./protocol.js";

/**
 * A codec that fills members that are not set with their `smithy.api#default`: in outputs, and in the structures inside
 * inputs. Members of an input itself are left out, so that the service can change their defaults.
 *
 * @see https://smithy.io/2.0/spec/type-refinement-traits.html#default-value-serialization
 */
export function withDefaults(codec: OperationCodec, { input, output }: Operation): OperationCodec {
  return {
    ...codec,
    serialize: (value) => codec.serialize(fillDefaults(input, value, false)),
    readOutput: (response) => fillDefaults(output, codec.readOutput(response)),
  };
}
