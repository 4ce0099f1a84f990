import { emitClassic } from "./classic.js";
import { emitEndpoint } from "./endpoint.js";
import { emitErrors } from "./errors.js";
import type { Emitter } from "./file.js";
import { emitOperations } from "./operations.js";
import { emitIndex, emitPackage } from "./package.js";
import { emitReadme } from "./readme.js";
import { emitService, emitShapes } from "./service.js";

/** The built-in emitters. */
export const emitters: readonly Emitter[] = [
  emitPackage,
  emitReadme,
  emitIndex,
  emitService,
  emitEndpoint,
  emitErrors,
  emitShapes,
  emitOperations,
  emitClassic,
];
