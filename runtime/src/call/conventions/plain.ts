import { schemeOf } from "../../auth/support/authenticate.js";
import type { Conventions } from "../../features/context.js";
import { classifyStatus } from "../../retry/classify.js";
import { retryAfterOf } from "../../retry/hint.js";

/** The conventions of HTTP alone, for services without a provider's own. */
export const plainConventions: Conventions = {
  builtIns: ({ endpoint }) => ({ "SDK::Endpoint": endpoint }),
  requestIdOf: (headers) => headers["x-request-id"],
  classify: (_code, status) => classifyStatus(status),
  retryAfterOf,
  /** A service may revoke an identity before it expires. */
  recover: async (context, { status }) => status === 401 && (await schemeOf(context)?.renew?.(context)) === true,
};
