import { createSocket } from "node:dgram";
import type { ServiceConfig } from "../config.js";
import type { Service } from "../service.js";
import type { MetricsEvent } from "./metrics.js";

/** The largest datagram that is sent, in bytes; an event that takes more is not told. */
const largest = 8 * 1024;

/** Characters that texts are cut to, by the end of their names. */
const limits: readonly (readonly [end: RegExp, characters: number])[] = [
  [/UserAgent$/, 256],
  [/ExceptionMessage$/, 512],
  [/Exception$/, 128],
];

/**
 * Sends the events of a service object to an agent of AWS's client-side monitoring where the configuration or
 * `AWS_CSM_ENABLED` says so: as JSON, over UDP, to `AWS_CSM_HOST` and `AWS_CSM_PORT`.
 */
export function addPublishing(service: Service): void {
  if (!isWanted(service.config)) return;
  service.on("apiCall", publish).on("apiCallAttempt", publish);
}

function isWanted({ clientSideMonitoring }: ServiceConfig): boolean {
  const set = process.env["AWS_CSM_ENABLED"];
  return clientSideMonitoring || (set !== undefined && !/^(false|0)?$/i.test(set));
}

function publish(event: MetricsEvent): void {
  const { AWS_CSM_HOST: host = "127.0.0.1", AWS_CSM_PORT: port = "31000", AWS_CSM_CLIENT_ID: id = "" } = process.env;
  const message = Buffer.from(JSON.stringify({ ...event, ClientId: id.slice(0, 255) }, cut));
  if (message.byteLength > largest) return;
  const socket = createSocket("udp4");
  // Nobody waits for an agent, and where there is none nothing is amiss.
  socket.on("error", () => socket.close());
  socket.unref().send(message, Number(port), host, () => socket.close());
}

function cut(name: string, value: unknown): unknown {
  const limit = limits.find(([end]) => end.test(name))?.[1];
  return typeof value === "string" && limit !== undefined ? value.slice(0, limit) : value;
}
