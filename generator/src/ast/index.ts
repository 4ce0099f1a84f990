/** The model reader: JSON AST in, a checked and frozen model or every problem with its place out. */
export type { Model, OperationShape, ServiceShape, Shape, ShapeId } from "./model.js";
export { readModel, type ReadOptions, type ReadResult } from "./read.js";
export { placeDiagnostics, type Source } from "./source.js";
