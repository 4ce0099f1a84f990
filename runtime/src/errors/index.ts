/** Every error that a call can fail with. */
export * from "./base.js";
export * from "./client.js";
export * from "./service.js";
