import type { Part } from "../smithy/merge.js";
import { readShapes } from "../smithy/read-shapes.js";
import type { Report } from "../source/report.js";
import type { ResolvedFile } from "./resolve.js";

/** A resolved file as a part of a model. From here on, paths in it are located in its text. */
export function readResolved({ file, shapes, applied }: ResolvedFile, report: Report): Part {
  const { source, locations, metadata, declared } = file;
  const root = { shapes, applied };
  report.plant(source, locations.below(root));
  const raw = readShapes(shapes, { source, path: ["shapes"] }, report);
  return {
    raw: {
      ...raw,
      patches: applied.map(({ id, traits }, index) => ({
        id,
        kind: "apply",
        traits: new Map(Object.entries(traits)),
        location: { source, path: ["applied", index] },
      })),
      declared: new Set([...raw.declared, ...declared]),
    },
    shapes,
    metadata: metadata.map(({ key, offset, body }) => ({ key, value: body["value"], location: { source, offset } })),
  };
}
