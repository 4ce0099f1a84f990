import type { Level } from "./change.js";
import type { OperationFacts } from "./facts.js";
import { isSame, own } from "./own.js";
import type { Comparing, Pair } from "./pair.js";

interface Feature {
  /** For people. */
  readonly words: string;
  readonly behaviour: Level;
}

/** What requests of an operation do beside carrying its input. */
const features: Readonly<Record<string, Feature>> = {
  requestChecksum: { words: "checksum of requests", behaviour: "major" },
  trailingChecksum: { words: "checksum after the streamed body", behaviour: "major" },
  contentMd5: { words: "MD5 checksum of requests", behaviour: "major" },
  treeHash: { words: "tree hash of requests", behaviour: "major" },
  signedBody: { words: "hash of the body in a header", behaviour: "minor" },
  requestCompression: { words: "compression of requests", behaviour: "minor" },
  hostPrefix: { words: "prefix of the host", behaviour: "major" },
  endpointDiscovery: { words: "discovery of the endpoint", behaviour: "minor" },
  staticContextParams: { words: "parameters of the endpoint rules", behaviour: "minor" },
  contextParams: { words: "members that the endpoint rules read", behaviour: "minor" },
  operationContextParams: { words: "paths that the endpoint rules read", behaviour: "minor" },
  regionalCopy: { words: "presigned URL of the source", behaviour: "minor" },
  longPoll: { words: "wait before a failed poll ends", behaviour: "minor" },
  unsignedPayload: { words: "signature without the body's hash", behaviour: "minor" },
  lateErrors: { words: "look for errors in successful responses", behaviour: "minor" },
  labelPrefixes: { words: "labels", behaviour: "patch" },
  xmlUnwrapped: { words: "form of the response", behaviour: "patch" },
};

/** Fields of the operation's descriptor that determine how a call is made. */
export function compareFeatures({ name, old, new: now }: Pair<OperationFacts>, { report }: Comparing): void {
  for (const field of new Set([...Object.keys(old.features), ...Object.keys(now.features)])) {
    const [before, after] = [own(old.features, field), own(now.features, field)];
    if (isSame(before, after)) continue;
    const { words, behaviour } = own(features, field) ?? { words: field, behaviour: "minor" as const };
    const how = before === undefined ? "added" : after === undefined ? "removed" : "changed";
    const shown = [before, after].flatMap((value) =>
      value === undefined || value === true ? [] : JSON.stringify(value),
    );
    report({
      code: `${kebab(field)}-${how}`,
      subject: name.old,
      message: `\`${name.old}\`: the ${words} is ${how}${shown.length > 0 ? ` (${shown.join(" → ")})` : ""}.`,
      at: { side: "new", shapeId: now.id },
      behaviour,
      wire: true,
      operations: [name.old],
    });
  }
}

export function kebab(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`).replaceAll(/[^\w-]+/g, "-");
}
