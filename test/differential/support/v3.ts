import { peer } from "../../support/peers.js";
import { answerHeaders, type Caller, emptyAnswer, settings, settle } from "./calls.js";
import type { HttpRequest } from "../../../runtime/src/transport/types.js";

interface V3Request {
  readonly method: string;
  readonly protocol: string;
  readonly hostname: string;
  readonly port: number;
  readonly path: string;
  readonly query: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

interface V3Client {
  send(command: object): Promise<object>;
}

type Constructor<T> = new (options: object) => T;

/** The official v3 client of CloudTrail, on a request handler that only answers. */
export async function loadV3(): Promise<Caller> {
  const module = await peer("@aws-sdk/client-cloudtrail");
  const Client = module["CloudTrailClient"] as Constructor<V3Client>;
  return (operation, input, answer = emptyAnswer) => {
    let request: HttpRequest | undefined;
    const requestHandler = {
      handle: (sent: V3Request) => {
        request = fromV3(sent);
        const response = {
          statusCode: answer.status,
          headers: answerHeaders(answer),
          body: new TextEncoder().encode(answer.body),
        };
        return Promise.resolve({ response });
      },
    };
    const client = new Client({ ...settings, requestHandler, maxAttempts: 1 });
    const Command = module[`${operation}Command`] as Constructor<object>;
    return settle(
      () => client.send(new Command(input)),
      () => request,
    );
  };
}

function fromV3(request: V3Request): HttpRequest {
  if (Object.keys(request.query).length > 0) throw new Error("a query in a request of awsJson");
  return {
    method: request.method,
    origin: `${request.protocol}//${request.hostname}:${request.port}`,
    path: request.path,
    query: "",
    headers: { ...request.headers },
    body: new TextDecoder().decode(request.body),
  };
}
