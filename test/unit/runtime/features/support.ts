import { sigv4 } from "#runtime/auth/sigv4.js";
import { Client } from "#runtime/client/client.js";
import type { ClientOptions } from "#runtime/config/options.js";
import type { Call, CallContext } from "#runtime/features/context.js";
import type { Feature } from "#runtime/features/feature.js";
import { awsJson1_1 } from "#runtime/protocols/awsJson/index.js";
import { newRetryState } from "#runtime/retry/state.js";
import type { Operation, ProtocolRequest, Service } from "#runtime/schema/service.js";

export const service: Service = {
  name: "Demo",
  sdkId: "Demo",
  shapeName: "Demo_1",
  version: "2020-01-01",
  signingName: "demo",
  authSchemes: [sigv4()],
  protocol: awsJson1_1,
  resolveEndpoint: ({ Region, Endpoint }) => ({ url: String(Endpoint ?? `https://demo.${String(Region)}.test`) }),
  endpointBuiltIns: { Region: "AWS::Region", Endpoint: "SDK::Endpoint" },
};

/** An operation whose callers may choose an algorithm. */
export const putThing: Operation = {
  name: "PutThing",
  input: {
    type: "structure",
    name: "PutThingRequest",
    members: { Algorithm: { type: "string", httpHeader: "x-amz-sdk-checksum-algorithm" } },
  },
  output: { type: "structure", name: "Unit", members: {} },
};

/** A message without anything but what is given. */
export function messageOf(changes: Partial<ProtocolRequest>): ProtocolRequest {
  return { method: "PUT", path: "/", query: "", headers: {}, ...changes };
}

/** A call of an operation, as the features of the operation see it before its attempts. */
export function callOf(operation: Operation, options: ClientOptions = {}, of = service): Call {
  const credentials = { accessKeyId: "AKID", secretAccessKey: "SECRET" };
  const { context: client } = new Client(of, { region: "us-east-1", credentials, ...options });
  return {
    client,
    operation,
    codec: client.codecOf(operation),
    settings: client.settingsFor(undefined, operation),
    signal: undefined,
    bodySignal: undefined,
    state: newRetryState(),
    observer: undefined,
  };
}

/** What a feature makes of a message. A feature that throws gives a rejected promise. */
export async function messageBy(
  feature: Feature,
  operation: Operation,
  message: ProtocolRequest,
  input: object = {},
): Promise<ProtocolRequest> {
  if (!feature.message) throw new Error(`${feature.name} does not change messages`);
  return feature.message(message, input, callOf(operation));
}

/** A call with its attempts, as the features of the operation see it from the first attempt on. */
export async function contextOf(
  call: Call,
  input: object = {},
  changes: Partial<CallContext> = {},
): Promise<CallContext> {
  const target = call.client.targetOf(call.operation, input, await call.client.config());
  const request = target.address(call.codec.serialize(input));
  return { ...call, input, target, request, transport: call.client.transport, maxAttempts: 3, ...changes };
}
