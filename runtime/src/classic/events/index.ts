import { addLogging } from "../logging.js";
import type { Operation } from "../../schema/service.js";
import type { Request } from "../request.js";
import type { ServiceDefinition } from "../types.js";
import { addBuilding } from "./build.js";
import { addDiscovery } from "./discover.js";
import { addGathering } from "./gather.js";
import { addMessageComparison } from "./message-md5.js";
import { addReading } from "./read.js";
import { ClassicCall } from "./classic-call.js";
import { addRetrying } from "./retry.js";
import { addSending } from "./send.js";
import { addSigning } from "./sign.js";
import { addValidation, rejectEventStream, rejectUnknownOperation } from "./validate.js";

/** Adds the listeners that make a request do its work. */
export function addCoreListeners(request: Request): void {
  const { definition } = request;
  if (definition && !supportsEvents(definition, request.service.definition)) {
    rejectEventStream(request);
  } else if (definition) {
    const context = new ClassicCall(request, definition);
    addGathering(context);
    addValidation(context);
    addBuilding(context);
    addDiscovery(context);
    addSigning(context);
    addSending(context);
    addReading(context);
    addMessageComparison(context);
    addRetrying(context);
  } else {
    rejectUnknownOperation(request);
  }
  addLogging(request);
}

/** Service objects read events, as those of AWS SDK v2 do, and send none. */
function supportsEvents({ features = [] }: Operation, { eventStreams }: ServiceDefinition): boolean {
  const names = features.map(({ name }) => name);
  return (
    !names.includes("event-stream-input") && (!names.includes("event-stream-output") || eventStreams !== undefined)
  );
}
