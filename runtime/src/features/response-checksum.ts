import { runningChecksum } from "../checksums/running.js";
import { ConfigurationError, UnexpectedResponseError } from "../errors/client.js";
import type { RunningChecksum } from "../checksums/types.js";
import { encodeBase64 } from "../text/bytes.js";
import type { HttpResponse, ResponseStream } from "../schema/http.js";
import type { CallContext } from "./context.js";
import type { Feature } from "./feature.js";
import { metadataOf } from "./support/response-metadata.js";

export interface ResponseChecksumData {
  /** `responseAlgorithms`. */
  readonly algorithms: readonly string[];
  /** `requestValidationModeMember`: the input member that requests checksums from the service. */
  readonly modeMember: string;
}

/**
 * `aws.protocols#httpChecksum` of responses: requests a checksum of the body, unless the client has
 * `responseChecksumValidation: "WHEN_REQUIRED"`, and verifies it. A streaming body fails at its end.
 *
 * @see https://smithy.io/2.0/aws/aws-core.html#aws-protocols-httpchecksum-trait
 */
export function responseChecksum(data: ResponseChecksumData): Feature {
  const { algorithms, modeMember } = data;
  return {
    name: "response-checksum",
    data,
    async input(input, { client }) {
      const { endpointParameters } = await client.config();
      const isGiven = (input as Readonly<Record<string, unknown>>)[modeMember] !== undefined;
      if (isGiven || endpointParameters["responseChecksumValidation"] === "WHEN_REQUIRED") return input;
      const requested: Record<string, unknown> = { ...input };
      requested[modeMember] = "ENABLED";
      return requested;
    },
    response(response, context) {
      const mode = context.operation.input.members[modeMember]?.httpHeader?.toLowerCase() ?? "";
      const isRequested = context.request.headers[mode] !== undefined;
      const algorithm = algorithms.find((name) => isOfFullObject(response.headers[headerOf(name)]));
      const isRead = response.status < 300 && !isDecoded(response);
      return isRequested && isRead && algorithm !== undefined ? verify(response, algorithm, context) : response;
    },
  };
}

function headerOf(algorithm: string): string {
  return `x-amz-checksum-${algorithm.toLowerCase()}`;
}

/** The checksum of a multipart object is that of its parts' checksums, with the number of parts. */
function isOfFullObject(checksum: string | undefined): boolean {
  return checksum !== undefined && !/-\d+$/.test(checksum);
}

/** `fetch` decodes the body, but the checksum is that of the encoded one. */
function isDecoded({ headers }: HttpResponse): boolean {
  return /gzip|deflate|br|zstd/.test(headers["content-encoding"] ?? "");
}

async function verify(response: HttpResponse, algorithm: string, context: CallContext): Promise<HttpResponse> {
  const begin = await beginning(algorithm);
  if (!begin) return response;
  const { body, stream } = response;
  const check = (checksum: RunningChecksum): void => {
    if (encodeBase64(checksum.digest()) === response.headers[headerOf(algorithm)]) return;
    throw new UnexpectedResponseError(
      `The body of ${context.operation.name} has another ${algorithm} checksum than ${headerOf(algorithm)} of the response, so it was changed on the way. Call again.`,
      { status: response.status, metadata: metadataOf(response, context) },
    );
  };
  if (stream) return { ...response, stream: verifying(stream, begin(), check) };
  const checksum = begin();
  checksum.update(body);
  check(checksum);
  return response;
}

/** Undefined if the algorithm is not available, as some are not in browsers. */
async function beginning(algorithm: string): Promise<(() => RunningChecksum) | undefined> {
  try {
    return await runningChecksum(algorithm);
  } catch (error) {
    if (error instanceof ConfigurationError) return undefined;
    throw error;
  }
}

function verifying(
  source: ResponseStream,
  checksum: RunningChecksum,
  check: (checksum: RunningChecksum) => void,
): ResponseStream {
  return {
    async *[Symbol.asyncIterator]() {
      for await (const part of source) {
        checksum.update(part);
        yield part;
      }
      check(checksum);
    },
    cancel: () => source.cancel(),
  };
}
