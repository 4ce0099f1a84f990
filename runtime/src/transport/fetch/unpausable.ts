import { isLastResponse } from "../last-response.js";

/** Node up to 24 contains an undici before 8. */
const isOfOldUndici = typeof process === "object" && Number.parseInt(process.versions?.["undici"] ?? "", 10) < 8;

/** Whether a response with these headers has to be read without a pause. */
export function isUnpausable(headers: Readonly<Record<string, unknown>>): boolean {
  return isOfOldUndici && isLastResponse(headers);
}
