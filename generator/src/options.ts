import type { ShapeId } from "./model/model.js";

export interface GenerateOptions {
  /** Shape id of the service; needed where the model has several. */
  readonly service?: ShapeId | undefined;
  /** Name of the package; `@clientsmith/<service>` where absent. */
  readonly packageName?: string | undefined;
  /** Version of the package; 0.1.0 where absent. */
  readonly packageVersion?: string | undefined;
  /** License of the package, in npm's words; `UNLICENSED`, which grants none, where absent. */
  readonly license?: string | undefined;
  /** Protocol to speak, of several that the service declares. */
  readonly protocol?: string | undefined;
}
