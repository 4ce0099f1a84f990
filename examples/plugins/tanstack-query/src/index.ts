/** A plug-in that generates options for TanStack Query. Pass it to `clientsmith generate --plugin`. */
import type { Emitter } from "clientsmith/plugin";
import { moduleText } from "./module.js";
import { Namer } from "./names.js";
import { readmeText } from "./readme.js";

export const version = 1;

const path = "src/tanstack-query.ts";

const emitTanstackQuery: Emitter = (ir, { packageName }) => {
  if (ir.operations.length === 0) return [];
  const namer = new Namer(ir);
  return {
    files: [{ path, text: moduleText(ir, namer), isApart: true }],
    additions: {
      // The types of the options are part of the declarations.
      dependencies: { "@tanstack/query-core": "^5.90.0" },
      exports: { "./tanstack-query": path },
      readme: readmeText(ir, namer, packageName),
    },
  };
};

export const emitters: readonly Emitter[] = [emitTanstackQuery];
