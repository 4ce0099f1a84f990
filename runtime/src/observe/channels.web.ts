/** `channels.ts` for platforms without `node:diagnostics_channel`: no subscribers. */
const silent = { hasSubscribers: false, publish: (_event: unknown): void => {} };

export const channels = {
  onRequest: silent,
  onSigned: silent,
  onResponse: silent,
  onRetry: silent,
  onComplete: silent,
};

export const warnings = silent;

export function haveSubscribers(): boolean {
  return false;
}
