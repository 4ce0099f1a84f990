/** What a streamed member of an input needs before it is written. Loaded by the first call of an operation that has one. */
import { ValidationError } from "../errors/client.js";
import type { StructureShape } from "../schema/shapes.js";
import { getOwn, isBytes } from "../schema/values.js";
import { blobBody } from "../streams/blob-body.js";
import { fileLength } from "../streams/file-length.js";
import { RequestStream } from "../streams/request-stream.js";
import { isBlob, isStreamSource } from "../streams/types.js";

/**
 * The input with its streamed member as attempts read it, and as long as is known; text and bytes stay as they are.
 *
 * @throws ValidationError where the service has to know how long it is, and nobody does
 */
export async function prepareStream<Input extends object>(
  shape: StructureShape,
  member: string,
  input: Input,
): Promise<Input> {
  const members = input as Readonly<Record<string, unknown>>;
  const given = getOwn(members, member);
  if (!isStreamSource(given)) return input;
  const source = isBlob(given) ? await blobBody(given) : given;
  if (isBytes(source)) return { ...input, [member]: source };
  const stream = new RequestStream(source, statedLength(shape, members) ?? (await fileLength(source)));
  const described = shape.members[member];
  if (stream.length === undefined && described && "requiresLength" in described) throw unknownLength(shape, member);
  return { ...input, [member]: stream };
}

/** The member that is bound to the header `content-length`, where the operation has one. */
function lengthMember({ members }: StructureShape): string | undefined {
  return Object.keys(members).find((name) => members[name]?.httpHeader?.toLowerCase() === "content-length");
}

function statedLength(shape: StructureShape, input: Readonly<Record<string, unknown>>): number | undefined {
  const name = lengthMember(shape);
  const stated = name === undefined ? undefined : getOwn(input, name);
  return typeof stated === "number" || typeof stated === "bigint" ? Number(stated) : undefined;
}

function unknownLength(shape: StructureShape, member: string): ValidationError {
  const name = lengthMember(shape);
  const orSay = name === undefined ? "" : `, or say it in ${name}`;
  const message = `is a stream, and the service has to know how many bytes it has: give bytes or a Blob, such as \`await fs.openAsBlob(path)\`${orSay}`;
  return new ValidationError(shape.name, [{ path: [member], rule: "type", message }]);
}
