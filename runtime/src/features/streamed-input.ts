import { ValidationError } from "../errors/client.js";
import type { StructureShape } from "../schema/shapes.js";
import { getOwn, isBytes } from "../schema/values.js";
import { blobBody } from "../streams/blob-body.js";
import { fileLength } from "../streams/file-length.js";
import { RequestStream } from "../streams/request-stream.js";
import { isBlob, isStreamSource } from "../streams/types.js";
import { enableStreaming } from "../transport/streaming/index.js";
import type { Feature } from "./feature.js";
import { catchStreamErrors } from "./support/stream-errors.js";

/**
 * `smithy.api#streaming` on a member of the input: a stream, a file or a `Blob` is sent as it is read.
 *
 * @param member name of the member
 * @see https://smithy.io/2.0/spec/streaming.html
 */
export function streamedInput(member: string): Feature {
  return {
    name: "streamed-input",
    data: member,
    begin: (input) => catchStreamErrors(input, member),
    input: (input, { operation }) => prepareStream(operation.input, member, input),
    message(message, _input, { state }) {
      if (message.stream) enableStreaming();
      state.body = message.stream;
      return message;
    },
  };
}

/**
 * The input with its streaming member as a `RequestStream`, with its length if it can be determined. Text and bytes
 * stay as they are.
 *
 * @throws ValidationError if the service requires the length and it is unknown
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

/** The member that is bound to the header `content-length`. */
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
  const advice = name === undefined ? "" : `, or set ${name}`;
  const message = `is a stream, and the service requires its length: pass bytes or a Blob, such as \`await fs.openAsBlob(path)\`${advice}`;
  return new ValidationError(shape.name, [{ path: [member], rule: "type", message }]);
}
