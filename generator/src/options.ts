import type { OutputTypes } from "./ir/ir.js";
import type { ShapeId } from "./model/model.js";

export interface GenerateOptions {
  /** Shape ID of the service. Required if the model has several. */
  readonly service?: ShapeId | undefined;
  /** Name of the package. Default: `@clientsmith/<service>`. */
  readonly packageName?: string | undefined;
  /** Version of the package. Default: `0.1.0`. */
  readonly packageVersion?: string | undefined;
  /** License, as in the `license` field of package.json. Default: `UNLICENSED`, which grants no rights. */
  readonly license?: string | undefined;
  /** Protocol to use if the service declares several: its name (`rpcv2Cbor`) or shape ID. */
  readonly protocol?: string | undefined;
  /**
   * How members of outputs and errors are typed; `modelled` where absent. Structures that are part of an input too are typed
   * by the same rule, and the validator still checks what the model requires of an input.
   */
  readonly outputs?: OutputTypes | undefined;
  /** Patterns of the operations to generate, as in `clientsmith.config.ts`; all where absent. */
  readonly operations?: readonly string[] | undefined;
  /** Names of emitters that ship with the generator and are off otherwise: `json-schema`. */
  readonly emit?: readonly string[] | undefined;
}
