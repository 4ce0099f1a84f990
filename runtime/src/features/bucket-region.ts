import type { ProtocolError } from "../schema/service.js";
import type { HttpResponse } from "../schema/http.js";
import type { Feature } from "./feature.js";

/**
 * Amazon S3: if a request was sent to another Region than its bucket's, the error's message contains the right Region
 * and endpoint, as the service reports them in the header `x-amz-bucket-region` and in the body. The request is not
 * sent there, because it is signed for this endpoint.
 *
 * @param codes names of errors, besides redirections, with which the service rejects a Region
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/Redirects.html
 */
export function bucketRegion(codes: readonly string[]): Feature {
  return {
    name: "bucket-region",
    data: codes,
    codec: (codec) => ({
      ...codec,
      async readError(response) {
        const error = await codec.readError(response);
        const isElsewhere = isRedirection(response) || codes.includes(error.code ?? "");
        return isElsewhere ? withRegion(error, response) : error;
      },
    }),
  };
}

function isRedirection({ status }: HttpResponse): boolean {
  return status > 300 && status < 309 && status !== 304;
}

function withRegion(error: ProtocolError, { status, headers }: HttpResponse): ProtocolError {
  const { Region: sent, Endpoint: endpoint } = error.others ?? {};
  const region = headers["x-amz-bucket-region"] ?? sent;
  const right = [
    ...(typeof region === "string" ? [`region: ${JSON.stringify(region)}`] : []),
    ...(typeof endpoint === "string" ? [`endpoint ${endpoint}`] : []),
  ].join(", ");
  if (right === "") return error;
  const { message = `The bucket is elsewhere (status ${status})` } = error;
  return {
    ...error,
    message: `${message.replace(/\.?$/, "")}. The service reports that its bucket has ${right}.`,
    others: { ...error.others, ...(region !== undefined && { Region: region }) },
  };
}
