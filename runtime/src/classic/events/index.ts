import { addLogging } from "../logging.js";
import type { Request } from "../request.js";
import { addBuilding } from "./build.js";
import { addDiscovery } from "./discover.js";
import type { RequestContext } from "./exchange.js";
import { addGathering } from "./gather.js";
import { addReading } from "./read.js";
import { addRetrying } from "./retry.js";
import { addSending } from "./send.js";
import { addSigning } from "./sign.js";
import { addValidation } from "./validate.js";

/** Adds the listeners that make a request do its work. */
export function addCoreListeners(request: Request): void {
  const exchange: RequestContext = {
    request,
    operation: request.definition,
    input: request.params,
    codec: undefined,
    signing: undefined,
    signedAt: undefined,
    payloadHash: undefined,
    received: undefined,
  };
  addGathering(exchange);
  addValidation(exchange);
  addBuilding(exchange);
  addDiscovery(exchange);
  addSigning(exchange);
  addSending(exchange);
  addReading(exchange);
  addRetrying(exchange);
  addLogging(request);
}
