export type { Comparison } from "./compare.js";
export { manifestName } from "./manifest.js";
export type { Problem } from "./paths.js";
export { LockedError } from "./stage.js";
export { writePackage, type WriteOptions, WriteError } from "./write.js";
