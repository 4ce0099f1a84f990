import { X509Certificate } from "node:crypto";
import type { ServiceModel } from "../schema/service.js";
import { sleep } from "../signals/sleep.js";
import type { ReceivedRequest } from "../signing/verify.js";
import { type ReceivedCall, respond } from "./respond.js";
import { testCredentials } from "./credentials.js";
import type { Fault } from "./faults.js";
import { checkOptions } from "./check-options.js";
import { streamsInput } from "./features.js";
import { admitPages } from "./cors.js";
import { Digests } from "./identities/digests.js";
import { schemesOf } from "./identity.js";
import {
  type LocalConnection,
  http1Listener,
  http2Listener,
  type HttpMessage,
  type OutgoingResponse,
  type Listener,
  type Serve,
  type TlsCertificate,
  tlsListener,
} from "./listener.js";
import type { LocalServiceOptions, LocalServiceSettings } from "./options.js";
import type { ServerProtocol } from "./protocols/protocol.js";
import { serverProtocolOf } from "./protocols/supported.js";
import { headOf, receive, receiveStreamed } from "./receive.js";
import { send } from "./send.js";
import { type OpenRecord, openRecord, type RecordedRequest } from "./record.js";

export interface LocalService {
  /**
   * `http://127.0.0.1:PORT`, for the client option `endpoint`. With TLS, `https` and the name that the certificate is for:
   * `127.0.0.1` or `localhost`.
   */
  readonly endpoint: string;
  /** All requests so far, in order of arrival. */
  readonly requests: readonly RecordedRequest[];
  /** Closes all connections and stops listening. Further calls have no effect. */
  close(): Promise<void>;
}

/**
 * Starts a service on a free port of 127.0.0.1 from the description in a generated package: it verifies signatures,
 * checks inputs against the model, uses the service's protocol, and calls your handlers.
 *
 * ```ts
 * const service = await startLocalService({
 *   service: CloudTrailModel,
 *   handlers: {
 *     getTrail: ({ Name }) => {
 *       if (Name !== "audit") throw new TrailNotFoundException({ message: `no trail ${Name}` });
 *       return { Trail: { Name } };
 *     },
 *   },
 * });
 * const client = new CloudTrailClient({
 *   region: "eu-west-1",
 *   endpoint: service.endpoint,
 *   credentials: testCredentials,
 * });
 * await codeUnderTest(client);
 * expect(service.requests.map(({ operation }) => operation)).toEqual(["GetTrail"]);
 * await client.close();
 * await service.close();
 * ```
 *
 * @throws TypeError for an unsupported protocol, a handler without an operation, and an unknown option
 */
export async function startLocalService<Model extends ServiceModel>(
  options: LocalServiceOptions<Model>,
): Promise<LocalService> {
  checkOptions(options);
  const { credentials = [testCredentials], clock = Date.now, onError = printError } = options;
  // Inputs and outputs are checked by the descriptors from here on, whatever their types.
  const digests = new Digests(options.service.service.name, clock);
  const settings = { ...(options as LocalServiceOptions), credentials, clock, onError, digests };
  const service = new RunningService(settings, serverProtocolOf(options.service));
  await service.listen();
  return service;
}

function printError(error: unknown, { operation, number }: RecordedRequest): void {
  console.error(`Local service: request ${number} (${operation ?? "no operation"}) failed:`, error);
}

/** The name in a certificate that leads to this machine. */
function nameIn({ cert }: TlsCertificate): string {
  const certificate = new X509Certificate(cert);
  return certificate.checkIP("127.0.0.1") === undefined && certificate.checkHost("localhost")
    ? "localhost"
    : "127.0.0.1";
}

class RunningService implements LocalService {
  readonly requests: OpenRecord[] = [];
  endpoint = "";
  readonly #settings: LocalServiceSettings;
  readonly #protocol: ServerProtocol;
  readonly #listener: Listener;
  /** One per request in flight: aborted when its client disconnects. */
  readonly #inFlight = new Set<AbortController>();
  readonly #requestIdHeader: string;
  #closed: Promise<void> | undefined;

  constructor(settings: LocalServiceSettings, protocol: ServerProtocol) {
    this.#settings = settings;
    this.#protocol = protocol;
    const { signingName, endpointBuiltIns } = settings.service.service;
    const isAws = signingName !== undefined || Object.values(endpointBuiltIns).some((name) => name.startsWith("AWS::"));
    this.#requestIdHeader = isAws ? "x-amzn-requestid" : "x-request-id";
    const serve: Serve = (message, http, connection) => void this.#serve(message, http, connection);
    const { tls, http2 } = settings;
    this.#listener = tls ? tlsListener(tls, serve) : http2 ? http2Listener(serve) : http1Listener(serve);
  }

  async listen(): Promise<void> {
    const { tls } = this.#settings;
    const origin = tls ? `https://${nameIn(tls)}` : "http://127.0.0.1";
    this.endpoint = `${origin}:${await this.#listener.listen()}`;
  }

  close(): Promise<void> {
    for (const gone of this.#inFlight) gone.abort();
    this.#closed ??= this.#listener.close();
    return this.#closed;
  }

  async #serve(message: HttpMessage, http: OutgoingResponse, connection: LocalConnection): Promise<void> {
    if (admitPages(message, http)) return;
    const gone = new AbortController();
    this.#inFlight.add(gone);
    http.once("close", () => {
      gone.abort();
      this.#inFlight.delete(gone);
    });
    const head = headOf(message);
    const early = this.#protocol.routesByBody ? undefined : this.#route(head);
    const isStreamed = early?.operation && streamsInput(early.operation);
    const request = isStreamed ? receiveStreamed(head, message) : await receive(head, message);
    if (!request) return;
    const routed = early ?? this.#route(request);
    const { operation } = routed;
    const schemes = schemesOf(operation, this.#settings.service.service);
    const record = openRecord(this.requests.length + 1, request, operation?.name, schemes);
    this.requests.push(record);
    try {
      await this.#respond({ ...routed, request, record, signal: gone.signal }, http, connection);
    } catch (error) {
      // No response to a client that has disconnected.
      if (!gone.signal.aborted) this.#reportStream(error, record);
    }
    // The client may still send what the handler did not read, and its next request after that.
    message.resume();
  }

  /** The response was started: what failed is the stream of a handler. */
  #reportStream(error: unknown, record: OpenRecord): void {
    record.cause = error;
    this.#settings.onError(error, record);
  }

  #route(request: ReceivedRequest): Pick<ReceivedCall, "operation" | "rejection"> {
    try {
      return { operation: this.#protocol.route(request), rejection: undefined };
    } catch (rejection) {
      return { operation: undefined, rejection };
    }
  }

  async #respond(exchange: ReceivedCall, http: OutgoingResponse, connection: LocalConnection): Promise<void> {
    const { record, signal } = exchange;
    http.setHeader("date", new Date(this.#settings.clock()).toUTCString());
    const fault = this.#faultOf(exchange);
    if (fault.delay) await sleep(fault.delay, signal);
    const response = fault.response
      ? { headers: {}, body: "", ...fault.response }
      : await respond(exchange, this.#settings, this.#protocol, fault.error);
    if (!fault.response) http.setHeader(this.#requestIdHeader, record.requestId);
    if (signal.aborted) return;
    if (fault.cut?.at !== "before-headers") record.status = response.status;
    await send({ http, connection, signal }, response, fault.cut);
  }

  /** The caller's hooks; errors that they throw are handled like those of handlers. */
  #faultOf({ request, record }: ReceivedCall): Fault {
    try {
      this.#settings.onRequest?.(request);
      return this.#settings.faults?.(record) ?? {};
    } catch (error) {
      return { error: error as Error };
    }
  }
}
