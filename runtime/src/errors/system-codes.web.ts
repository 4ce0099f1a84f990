import type { SystemCode } from "./system-codes.js";

/** `system-codes.ts` over `fetch`, which reports no code of the operating system: the codes of this runtime. */
export function systemCode(code: string): SystemCode | undefined {
  if (code === "UND_ERR_CLOSED") return { meaning: "the client is closed", permanent: true };
  return code.startsWith("CLIENTSMITH_") ? { meaning: undefined, permanent: true } : undefined;
}
