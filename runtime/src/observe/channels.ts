import { channel } from "node:diagnostics_channel";

/** `node:diagnostics_channel`s with the same events as the hooks, of all clients in the process. */
export const channels = {
  onRequest: channel("clientsmith:request"),
  onSigned: channel("clientsmith:signed"),
  onResponse: channel("clientsmith:response"),
  onRetry: channel("clientsmith:retry"),
  onComplete: channel("clientsmith:complete"),
};

/** What a call went on in spite of: a header of a response that cannot be read. */
export const warnings = channel("clientsmith:warning");

/** Whether any channel has subscribers. */
export function haveSubscribers(): boolean {
  const { onRequest, onSigned, onResponse, onRetry, onComplete } = channels;
  return (
    onComplete.hasSubscribers ||
    onRequest.hasSubscribers ||
    onSigned.hasSubscribers ||
    onResponse.hasSubscribers ||
    onRetry.hasSubscribers
  );
}
