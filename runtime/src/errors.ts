/** Every error that a call can fail with. The call path takes each from its own file, so that it loads what it can throw. */
export * from "./errors/answer.js";
export * from "./errors/base.js";
export * from "./errors/limits.js";
export * from "./errors/loops.js";
export * from "./errors/service.js";
export * from "./errors/setup.js";
export * from "./errors/validation.js";
