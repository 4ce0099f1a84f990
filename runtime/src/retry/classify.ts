import type { ConnectionError, TimeoutError, UnexpectedResponseError } from "../errors/client.js";
import { isClientsmithError } from "../errors/base.js";
import type { ServiceError } from "../errors/service.js";
import { systemCode } from "../errors/system-codes.js";
import { retryHintOf } from "./hint.js";

/** What an error means for further attempts. */
export interface Classification {
  /** The same call may succeed later. */
  readonly retryable: boolean;
  /** The service throttles: wait longer. */
  readonly throttling: boolean;
  /** The credentials have expired: only worth another attempt with refreshed credentials. */
  readonly expiredCredentials?: boolean;
  /** A wrong clock causes this error (as do wrong credentials): compare with the response's `date` header. */
  readonly clockSkew?: boolean;
}

const transientStatuses = new Set([500, 502, 503, 504]);

export const never: Classification = { retryable: false, throttling: false };
export const transient: Classification = { retryable: true, throttling: false };
export const throttled: Classification = { retryable: true, throttling: true };

/** Classifies an error response by its status alone. */
export function classifyStatus(status: number | undefined): Classification {
  if (status === 429) return throttled;
  return status !== undefined && transientStatuses.has(status) ? transient : never;
}

/** Classifies the error of a failed attempt. A hint attached to the error (`setRetryHint`) takes precedence. */
export function classify(error: unknown): Classification {
  const classification = byKind(error);
  const retryable = retryHintOf(error)?.retryable;
  return retryable === undefined ? classification : { ...classification, retryable };
}

function byKind(error: unknown): Classification {
  if (!isClientsmithError(error)) return never;
  switch (error.code) {
    case "Connection": {
      const code = (error as ConnectionError).systemCode;
      return code !== undefined && systemCode(code)?.permanent ? never : transient;
    }
    case "Timeout":
      return (error as TimeoutError).phase === "deadline" ? never : transient;
    case "UnexpectedResponse":
      return classifyStatus((error as UnexpectedResponseError).status);
    case "Service":
      return ofService(error as ServiceError);
    default:
      return never;
  }
}

/** Its code was classified when the response was read. */
function ofService({ throttling, retryable, status }: ServiceError): Classification {
  if (throttling) return throttled;
  return retryable ? transient : classifyStatus(status);
}
