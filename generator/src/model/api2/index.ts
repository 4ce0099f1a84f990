/** The reader of AWS api-2 descriptions, which converts them to Smithy's JSON AST. */
export { companionNames } from "./companion-names.js";
export type { Origins } from "./context.js";
export { isApi2 } from "./metadata.js";
export { originOf, readApi2, type PathPlaced, type SmithyForm } from "./read.js";
