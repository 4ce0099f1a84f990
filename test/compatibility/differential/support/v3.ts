import { AsyncLocalStorage } from "node:async_hooks";
import { peer } from "../../../support/peers.js";
import { type Caller, emptyResponse, type Exchange, responseBody, responseHeaders, settings, settle } from "./calls.js";
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
  const current = new AsyncLocalStorage<Exchange>();
  const requestHandler = {
    handle: (sent: V3Request) => {
      const exchange = current.getStore();
      if (!exchange) throw new Error("sent outside a call");
      exchange.request = fromV3(sent);
      const { response } = exchange;
      return Promise.resolve({
        response: {
          statusCode: response.status,
          headers: responseHeaders(response),
          body: responseBody(response),
        },
      });
    },
  };
  const client = new Client({ ...settings, ...options, requestHandler, maxAttempts: 1 });
  return (operation, input, response = emptyResponse) => {
    const Command = module[`${operation}Command`] as Constructor<object>;
    return settle(current, response, () => client.send(new Command(input)));
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
