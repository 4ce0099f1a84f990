/** The reader of AWS api-2 descriptions: says in Smithy's JSON AST what they say. */
export { companionNames } from "./read.js";
export type { Origins } from "./context.js";
export { isApi2 } from "./metadata.js";
export { originOf, readApi2, type PathPlaced, type SmithyForm } from "./read.js";
