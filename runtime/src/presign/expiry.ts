import type { CallContext } from "../features/context.js";

/**
 * When a signature of `expiresIn` seconds expires, or the credentials that made it, whichever is earlier: then the
 * client's logger gets a warning, because the sender would find out late.
 */
export function expiryOf({ client, operation, state }: CallContext, expiresIn: number): Date {
  // Signatures have whole seconds.
  const signature = Math.floor(state.signedAt / 1000) * 1000 + expiresIn * 1000;
  const expiration = state.signedWith?.expiration;
  if (!expiration || expiration.getTime() >= signature) return new Date(signature);
  client.options.logger?.warn(
    `${client.service.name}.${operation.name} was presigned for ${expiresIn} s, but the credentials expire at ${expiration.toISOString()}: it is valid until then only.`,
  );
  return expiration;
}
