import { systemCode } from "../../errors/system-codes.js";
import { codeOf, messageOf } from "../error-code.js";
import type { Cause } from "./connecting.js";

/** `connecting.ts` over `fetch`: the platform owns the connections, with their limits and proxies. */

export function connectLimit(): undefined {}

export function whyUnconnected(): string {
  return "no connection could be opened";
}

export function causeOf(_failure: unknown, cause: unknown): Cause {
  const code = codeOf(cause);
  return { code, meaning: (code && systemCode(code)?.meaning) || messageOf(cause) };
}

export function overProxy(): string {
  return "";
}
