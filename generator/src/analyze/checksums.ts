import type { Model, OperationShape, ShapeId } from "../model/model.js";
import type { Diagnostic } from "../diagnostics.js";
import type { OperationIr } from "../ir/ir.js";
import { hasTrait, recordTrait, stringTrait } from "./traits.js";

/** Checksum algorithms that the runtime implements. */
export const checksumAlgorithms: ReadonlySet<string> = new Set([
  "CRC32",
  "CRC32C",
  "CRC64NVME",
  "MD5",
  "SHA1",
  "SHA256",
  "SHA512",
]);

/** The checksum that requests of an operation carry. */
export function requestChecksumOf({ traits }: OperationShape): OperationIr["requestChecksum"] {
  const trait = recordTrait(traits, "aws.protocols#httpChecksum");
  const algorithmMember = trait?.["requestAlgorithmMember"];
  const isRequired = trait?.["requestChecksumRequired"] === true;
  if (typeof algorithmMember === "string") return { algorithmMember, ...(!isRequired && { optional: true }) };
  if (isRequired) return {};
  return hasTrait(traits, "smithy.api#httpChecksumRequired") ? "md5" : undefined;
}

/** The checksum that an operation's responses can be verified by; undefined where there is none that the runtime can make. */
export function responseChecksumOf({ traits }: OperationShape): OperationIr["responseChecksum"] {
  const { requestValidationModeMember: modeMember, responseAlgorithms: offered } =
    recordTrait(traits, "aws.protocols#httpChecksum") ?? {};
  const algorithms = (Array.isArray(offered) ? offered : []).filter(
    (algorithm): algorithm is string => typeof algorithm === "string" && checksumAlgorithms.has(algorithm),
  );
  return typeof modeMember === "string" && algorithms.length > 0 ? { algorithms, modeMember } : undefined;
}

/** Warns of checksum algorithms that the model offers and the runtime does not implement, once for each enum. */
export function unsupportedChecksums(model: Model, operations: readonly OperationShape[]): Diagnostic[] {
  const enums = new Set<ShapeId>();
  for (const operation of operations) {
    const checksum = requestChecksumOf(operation);
    const input = model.shapes.get(operation.input);
    if (typeof checksum !== "object" || input?.type !== "structure") continue;
    const member = input.members.get(checksum.algorithmMember ?? "");
    if (member) enums.add(member.target);
  }
  return [...enums].flatMap((id) => {
    const shape = model.shapes.get(id);
    if (shape?.type !== "enum") return [];
    const missing = [...shape.members.values()]
      .map(({ name, traits }) => stringTrait(traits, "smithy.api#enumValue") ?? name)
      .filter((value) => !checksumAlgorithms.has(value));
    if (missing.length === 0) return [];
    const message = `The runtime does not implement the checksum algorithms ${missing.join(", ")}. A call that selects one is rejected before it is sent, unless its input contains the checksum.`;
    return [{ severity: "warning", code: "unsupported-checksum", shapeId: id, message } as const];
  });
}
