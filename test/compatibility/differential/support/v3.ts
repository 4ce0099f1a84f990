import { peer } from "../../../support/peers.js";
import { responseBody, responseHeaders, type Caller, emptyResponse, settings, settle } from "./calls.js";
import type { HttpRequest } from "#runtime/schema/http.js";

interface V3Request {
  readonly method: string;
  readonly protocol: string;
  readonly hostname: string;
  readonly port?: number;
  readonly path: string;
  readonly query: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string | undefined;
}

interface V3Client {
  send(command: object): Promise<object>;
}

type Constructor<T> = new (options: object) => T;

/** An official v3 client, on a request handler that only responds, with options beside those of every comparison. */
export async function loadV3(
  name = "@aws-sdk/client-cloudtrail",
  className = "CloudTrailClient",
  options: object = {},
): Promise<Caller> {
  const module = await peer(name);
  const Client = module[className] as Constructor<V3Client>;
  return (operation, input, given = emptyResponse) => {
    let request: HttpRequest | undefined;
    const requestHandler = {
      handle: (sent: V3Request) => {
        request = fromV3(sent);
        const response = {
          statusCode: given.status,
          headers: responseHeaders(given),
          body: responseBody(given),
        };
        return Promise.resolve({ response });
      },
    };
    const client = new Client({ ...settings, ...options, requestHandler, maxAttempts: 1 });
    const Command = module[`${operation}Command`] as Constructor<object>;
    return settle(
      () => client.send(new Command(input)),
      () => request,
    );
  };
}

function fromV3(request: V3Request): HttpRequest {
  return {
    method: request.method,
    origin: `${request.protocol}//${request.hostname}${request.port === undefined ? "" : `:${request.port}`}`,
    path: request.path,
    query: queryText(request.query),
    headers: { ...request.headers },
    body: request.body,
  };
}

/** As the official request handlers write it, in no certain order. */
function queryText(query: V3Request["query"]): string {
  const escape = (text: unknown): string =>
    encodeURIComponent(String(text)).replaceAll(
      /[!'()*]/g,
      (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`,
    );
  return Object.entries(query)
    .flatMap(([name, value]) =>
      value === null ? [escape(name)] : [value].flat().map((each) => `${escape(name)}=${escape(each)}`),
    )
    .join("&");
}
