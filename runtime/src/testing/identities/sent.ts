import type { AuthScheme } from "../../auth/auth-scheme.js";
import type { HttpRequest } from "../../schema/http.js";

const mask = "***";

/** The secret of a scheme in a request: what the scheme hides from observers. Undefined if there is none. */
export function secretIn(sent: HttpRequest, { redact }: AuthScheme): string | undefined {
  const masked = redact?.(sent) ?? sent;
  if (masked === sent) return undefined;
  for (const [name, value] of Object.entries(sent.headers)) {
    const hidden = masked.headers[name];
    if (hidden !== undefined && hidden !== value) return hiddenPart(value, hidden);
  }
  const parameters = masked.query.split("&");
  for (const [index, parameter] of sent.query.split("&").entries()) {
    const hidden = parameters[index];
    if (hidden !== undefined && hidden !== parameter) return decodeURIComponent(hiddenPart(parameter, hidden));
  }
  return undefined;
}

/** What the mask at the end of a text replaces. */
function hiddenPart(text: string, hidden: string): string {
  return text.slice(hidden.length - mask.length);
}
