import { md5Hex } from "../checksums/md5-hex.js";
import type { MetadataBearer } from "../errors/base.js";
import { ConfigurationError, UnexpectedResponseError } from "../errors/client.js";
import { isBytes, isObject } from "../schema/values.js";
import { joinBytes } from "../text/bytes.js";
import type { Feature } from "./feature.js";

/** The values whose MD5 the service reports, and the members with it. */
export interface MessageMd5Data {
  /** The member with the text of a message, and the output member with its MD5, which every response has. */
  readonly body: readonly [member: string, digestMember: string];
  /** Output member with the MD5, by the member with a map of message attributes. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Output member that lists the entries with the digests; absent if the output itself has them. */
  readonly list?: string;
  /** Input member that lists the messages, each with the `Id` of its entry in the output. */
  readonly entries?: string;
  /** Whether the values are in the output, too. */
  readonly isReceived?: true;
}

/** A value whose MD5 in the response is another one, or absent. */
export interface Md5Mismatch {
  /** The output, or the entry of its list, that has the MD5. */
  readonly entry: Members;
  readonly member: string;
  readonly digestMember: string;
  readonly reported: unknown;
  readonly computed: string;
}

export interface MessageMd5 extends Feature {
  readonly data: MessageMd5Data;
  /** The values of a call that are not as the response reports. */
  mismatches(input: object, output: object): Iterable<Md5Mismatch>;
}

const encoder = new TextEncoder();

type Members = Readonly<Record<string, unknown>>;

/**
 * Amazon SQS: compares the MD5 of message bodies and attributes that the service reports with a computed one, unless
 * the client has `md5: false`. A body without an MD5 in the response was not verified by the service, so it is rejected;
 * attributes without one are not compared.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html
 */
export function messageMd5(data: MessageMd5Data): MessageMd5 {
  let isAvailable = false;
  return {
    name: "message-md5",
    data,
    mismatches: (input, output) => mismatches(data, input as Members, output as Members),
    async attempts(attempt, { client, operation }, input) {
      const { endpointParameters } = await client.config();
      if (endpointParameters["md5"] === false) return attempt;
      // Before a message is sent, because callers would repeat a call that fails afterwards.
      if (!isAvailable) rejectWithoutMd5(operation.name);
      isAvailable = true;
      return async (context) => {
        const output = await attempt(context);
        compare(data, input as Members, output as Members & MetadataBearer, operation.name);
        return output;
      };
    },
  };
}

/** @throws ConfigurationError where MD5 is not available */
function rejectWithoutMd5(operation: string): void {
  try {
    md5Hex("");
  } catch (cause) {
    throw new ConfigurationError(
      `${operation} compares messages by their MD5, which is not available here: set the client option md5: false.`,
      { cause },
    );
  }
}

/** @throws UnexpectedResponseError */
function compare(data: MessageMd5Data, input: Members, output: Members & MetadataBearer, operation: string): void {
  for (const { entry, member, digestMember, reported } of mismatches(data, input, output)) {
    const problem =
      reported === undefined
        ? `cannot be verified, because the response has no ${digestMember}`
        : `has another MD5 than ${digestMember} of the response, so it was changed on the way`;
    const { status = 200 } = output.$metadata;
    throw new UnexpectedResponseError(
      `${operation}: ${member} of the message ${String(entry["MessageId"] ?? entry["Id"])} ${problem}. The option md5: false of the client switches this check off.`,
      { status, metadata: output.$metadata },
    );
  }
}

function* mismatches(
  { body, attributes, list, entries, isReceived }: MessageMd5Data,
  input: Members,
  output: Members,
): Generator<Md5Mismatch> {
  const sent = entries === undefined ? [input] : itemsOf(input[entries]);
  for (const entry of list === undefined ? [output] : itemsOf(output[list])) {
    const source = isReceived ? entry : entries === undefined ? input : sent.find(({ Id }) => Id === entry["Id"]);
    if (!source) continue;
    for (const [member, digestMember] of [body, ...Object.entries(attributes)]) {
      const value = source[member];
      const reported = entry[digestMember] ?? undefined;
      const isBody = member === body[0];
      if (reported === undefined && (!isBody || value === undefined)) continue;
      const hashed = isBody ? String(value ?? "") : attributeBytes(value);
      const computed = hashed === undefined ? undefined : md5Hex(hashed);
      if (computed !== undefined && computed !== reported) yield { entry, member, digestMember, reported, computed };
    }
  }
}

function itemsOf(list: unknown): readonly Members[] {
  return Array.isArray(list) ? list.filter(isObject) : [];
}

/**
 * The encoding of message attributes for the hash: sorted by name; each with its name, data type, a byte for the kind
 * of its value, and the value, all but that byte prefixed with their length. Undefined for no attributes.
 */
function attributeBytes(attributes: unknown): Uint8Array | undefined {
  if (!isObject(attributes) || Object.keys(attributes).length === 0) return undefined;
  const sized = (bytes: Uint8Array): Uint8Array[] => {
    const size = new Uint8Array(4);
    new DataView(size.buffer).setUint32(0, bytes.length);
    return [size, bytes];
  };
  const parts = Object.keys(attributes)
    .toSorted((left, right) => (left < right ? -1 : 1))
    .flatMap((name) => {
      const { DataType: type, StringValue: text, BinaryValue: bytes } = attributes[name] as Members;
      return [
        ...sized(encoder.encode(name)),
        ...sized(encoder.encode(String(type))),
        Uint8Array.of(isBytes(bytes) ? 2 : 1),
        ...sized(isBytes(bytes) ? bytes : encoder.encode(String(text ?? ""))),
      ];
    });
  return joinBytes(parts);
}
