import type { MemberIr, ServiceIr } from "../../plugin.js";
import { html, type Html } from "./html.js";

/** Where a member is in the request or response. Undefined for one in the body, beside others. */
export function bindingOf(
  { name, bindings, type }: MemberIr,
  role: "input" | "output" | "error",
  { protocol }: ServiceIr,
): Html | undefined {
  if (!protocol.http) return undefined;
  const value = (trait: string): string => String(bindings[trait]);
  const has = (trait: string): boolean => Object.hasOwn(bindings, trait);
  if (has("httpHeader")) return html`header <code>${value("httpHeader")}</code>`;
  if (has("httpPrefixHeaders")) return html`headers <code>${value("httpPrefixHeaders")}*</code>`;
  if (has("httpPayload")) return type.type === "structure" || type.type === "union" ? html`the body` : html`the body`;
  if (role === "input") {
    if (has("httpLabel")) return html`path <code>{${name}}</code>`;
    if (has("httpQuery")) return html`query <code>${value("httpQuery")}</code>`;
    if (has("httpQueryParams")) return html`other query parameters`;
  } else if (has("httpResponseCode")) return html`status code`;
  return undefined;
}
