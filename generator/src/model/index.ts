/** The model reader. It returns a validated, frozen model, or all problems with their locations. */
export { companionNames } from "./api2/index.js";
export { effectiveTraits, findServices, resolveErrors, serviceClosure, type ServiceClosure } from "./smithy/closure.js";
export type { Draft } from "./smithy/draft.js";
export { nameOf } from "./source/ids.js";
export type { Model, OperationShape, ServiceShape, Shape, ShapeId } from "./model.js";
export { readModel, type ReadOptions, type ReadResult } from "./smithy/read.js";
export type { Source } from "./source/source.js";
