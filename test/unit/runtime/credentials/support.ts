import { vi } from "vitest";
import type { Environment } from "#runtime/config/environment.js";
import { createDefaultChain } from "#runtime/credentials/default-chain.js";
import type { CredentialContext, FoundCredentials, Unavailable } from "#runtime/credentials/types.js";
import { CredentialsError } from "#runtime/errors/index.js";
import { createNodeHttpTransport } from "#runtime/transport/node/transport.js";
import { environmentWith } from "../config/support.js";

/** What a client's credentials use. Instance metadata is not requested unless a test says where it is. */
export function contextOf(
  { env, ...environment }: Environment,
  rest: Partial<CredentialContext> = {},
): CredentialContext {
  return {
    environment: { ...environment, env: { AWS_EC2_METADATA_DISABLED: "true", ...env } },
    now: Date.now,
    region: undefined,
    logger: undefined,
    transport: createNodeHttpTransport(),
    ...rest,
  };
}

export function contextWith(
  env: Environment["env"] = {},
  files: Parameters<typeof environmentWith>[0] = {},
  rest: Partial<CredentialContext> = {},
): CredentialContext {
  return contextOf(environmentWith(files, env), rest);
}

/** One search of the default chain. */
export function search(context: CredentialContext): Promise<object> {
  return createDefaultChain(context)({ forceRefresh: false });
}

/** The error that a search of the default chain ends in. */
export async function failedSearch(context: CredentialContext): Promise<CredentialsError> {
  const error: unknown = await search(context).catch((reason: unknown) => reason);
  if (!(error instanceof CredentialsError)) throw new Error("expected a CredentialsError", { cause: error });
  return error;
}

/** The reason why a place does not serve. */
export function reasonOf(response: FoundCredentials | Unavailable | object): string {
  if (!("reason" in response)) throw new Error("expected that there are no credentials");
  return String(response.reason);
}

/** A logger whose warnings can be looked at. */
export function loggerOf() {
  const log = () => vi.fn<(...content: unknown[]) => void>();
  return { trace: log(), debug: log(), info: log(), warn: log(), error: log() };
}
