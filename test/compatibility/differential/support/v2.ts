import { peer } from "../../../support/peers.js";
import { settings } from "./calls.js";

interface V2Request {
  readonly httpRequest: {
    readonly method: string;
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
  };
  build(done: () => void): void;
  readonly response: { readonly error: Error | null };
}

/** Builds the request of an operation with the official v2 client, without sending it. */
export type V2Builder = (operation: string, input: object) => V2Request["httpRequest"];

export async function loadV2(): Promise<V2Builder> {
  const module = await peer("aws-sdk");
  const Service = module["CloudTrail"] as new (options: object) => Record<string, (input: object) => V2Request>;
  // Its own validation uses a newer model, in which other members are required.
  const service = new Service({ ...settings, paramValidation: false });
  return (operation, input) => {
    const method = service[operation.charAt(0).toLowerCase() + operation.slice(1)];
    if (!method) throw new Error(`the official v2 client has no operation ${operation}`);
    const request = method.call(service, input);
    request.build(() => {});
    if (request.response.error) throw request.response.error;
    return request.httpRequest;
  };
}
