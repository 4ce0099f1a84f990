import { authenticate, schemeOf } from "../auth/support/authenticate.js";
import type { CallContext } from "../features/context.js";
import { featuresOf } from "../features/feature.js";
import { metadataOf } from "../features/support/response-metadata.js";
import type { TransportOptions } from "../schema/http.js";

/** Makes one attempt: gets the identity, signs with a fresh date, exchanges the HTTP messages, reads the response. */
export async function attempt(context: CallContext): Promise<object> {
  const { operation, codec, settings, state, signal, observer } = context;
  const features = featuresOf(operation);
  state.attemptAt = performance.now();
  state.firstAttemptAt ||= state.attemptAt;
  state.timing = undefined;
  const signed = authenticate(context);
  const request = signed instanceof Promise ? await signed : signed;
  observer?.signed(request, schemeOf(context)?.redact);
  if (!signal?.aborted) state.sent++;

  const { connectTimeout, headersTimeout, bodyTimeout } = settings.limits;
  let options: TransportOptions = { connectTimeout, headersTimeout, bodyTimeout, signal };
  for (const feature of features) if (feature.transport) options = feature.transport(options, context, request);
  let response = await context.transport.send(request, options);
  for (const feature of features) if (feature.response) response = await feature.response(response, context);
  observer?.responded(response);
  state.timing = response.timing;

  const metadata = metadataOf(response, context);
  if (response.status >= 300 || codec.isLateError?.(response)) {
    throw await (await import("./error-response.js")).errorResponse(context, response, metadata);
  }
  let output: { $metadata?: unknown };
  try {
    output = codec.readOutput(response);
  } catch (error) {
    throw (await import("./error-response.js")).unreadableOutput(context, response, metadata, error);
  }
  output.$metadata = metadata;
  return output;
}
