/** `channels.ts` where there is no `node:diagnostics_channel`: nobody listens. */
const silent = { hasSubscribers: false, publish: (_event: unknown): void => {} };

export const channels = {
  onRequest: silent,
  onSigned: silent,
  onResponse: silent,
  onRetry: silent,
  onComplete: silent,
};

export function haveSubscribers(): boolean {
  return false;
}
