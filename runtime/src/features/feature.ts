import type { ClientConfig } from "../config/client-config.js";
import type { OperationCodec, OperationFeature, Operation, ProtocolRequest, Service } from "../schema/service.js";
import type { HttpRequest, HttpResponse, TransportOptions } from "../schema/http.js";
import type { Attempt, Call, CallContext } from "./context.js";

/**
 * A capability that an operation needs beyond a plain call: data, a name, and hooks into the stages of a call. It is
 * created by a function with a subpath of its own. Operations that need it list it in `features`; other applications do
 * not contain it.
 *
 * Hooks run in the order of the operation's `features`. A hook that returns no promise is not awaited.
 */
export interface Feature extends OperationFeature {
  /** Runs synchronously within `invoke`. */
  begin?(input: object): void;
  /** Changes how the operation is serialized and deserialized. Runs once for each client and operation. */
  codec?(codec: OperationCodec, operation: Operation, service: Service): OperationCodec;
  /** Changes the validated input before it is serialized. */
  input?(input: object, call: Call): object | Promise<object>;
  /** Changes the serialized message before its endpoint is resolved. */
  message?(message: ProtocolRequest, input: object, call: Call): ProtocolRequest | Promise<ProtocolRequest>;
  /** Changes the request, such as its origin, once its endpoint is resolved. */
  address?(request: HttpRequest, input: object, call: Call, config: ClientConfig): HttpRequest;
  /** Wraps the function that makes each attempt. */
  attempts?(attempt: Attempt, context: CallContext, input: object): Attempt | Promise<Attempt>;
  /** Changes how the transport handles the signed request of each attempt. */
  transport?(options: TransportOptions, context: CallContext, request: HttpRequest): TransportOptions;
  /** Changes each response before it is read as an output or an error. */
  response?(response: HttpResponse, context: CallContext): HttpResponse | Promise<HttpResponse>;
}

/** The features of an operation, with their hooks. */
export function featuresOf({ features = none }: Pick<Operation, "features">): readonly Feature[] {
  return features;
}

const none: readonly Feature[] = [];

/** The data of a feature of the operation, by its name; undefined if the operation has no such feature. */
export function featureData<Data>({ features = none }: Pick<Operation, "features">, name: string): Data | undefined {
  return features.find((feature) => feature.name === name)?.data as Data | undefined;
}
