import type { StringMember } from "../../schema/shapes.js";

/** True for text that holds JSON, which the original takes and gives as a value. */
export function isJsonValue({ mediaType }: StringMember): boolean {
  return mediaType === "application/json";
}
