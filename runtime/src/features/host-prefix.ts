import { isValidHostLabel } from "../endpoints/rule-functions.js";
import type { HiddenLabels, RetryState } from "../retry/state.js";
import { ValidationError } from "../errors/client.js";
import type { Operation } from "../schema/service.js";
import type { HttpRequest } from "../schema/http.js";
import type { Feature } from "./feature.js";
import { sentTo } from "./support/message.js";

/**
 * `smithy.api#endpoint`: fills the labels of the host prefix from the input. An IP address and `localhost` get no prefix.
 *
 * @param template the trait's `hostPrefix`: `{AccountId}.`
 * @see https://smithy.io/2.0/spec/endpoint-traits.html#endpoint-trait
 */
export function hostPrefix(template: string): Feature {
  return {
    name: "host-prefix",
    data: template,
    address(request, input, { operation, state }, { endpointParameters }) {
      const prefix = fillHostPrefix(template, operation, input, state);
      // An IP address and `localhost` have no subdomains.
      const isPrefixed = !/\/\/(localhost|[\d.]+|\[.*\])(:\d+)?$/.test(request.origin);
      return isPrefixed && endpointParameters["disableHostPrefix"] !== true ? withHostPrefix(request, prefix) : request;
    },
  };
}

export function withHostPrefix(request: HttpRequest, prefix: string): HttpRequest {
  return sentTo(request, request.origin.replace("//", `//${prefix}`));
}

/**
 * Fills a host prefix. A value that is not a host label is rejected: it could send the request elsewhere. Sensitive
 * labels are recorded in `state`, so that no message and no log shows them.
 *
 * @throws ValidationError
 */
export function fillHostPrefix(template: string, operation: Operation, input: object, state?: RetryState): string {
  const fill = (isShown: boolean): string =>
    template.replaceAll(/\{(\w+)\}/g, (_text, member: string) => {
      const value = (input as Readonly<Record<string, unknown>>)[member];
      if (typeof value !== "string" || !isValidHostLabel(value, false)) throw unfit(operation, member);
      return isShown && operation.input.members[member]?.sensitive ? "***" : value;
    });
  const prefix = fill(false);
  const shown = fill(true);
  if (state && shown !== prefix) state.hidden = hiddenLabels(`//${prefix}`, `//${shown}`);
  return prefix;
}

function hiddenLabels(start: string, shown: string): HiddenLabels {
  const redact = (origin: string): string => origin.replace(start, shown);
  return {
    redact,
    removeFrom(error, origin) {
      const [host, redacted] = [origin, redact(origin)].map((text) => text.slice(text.indexOf("//") + 2)) as [
        string,
        string,
      ];
      let current: unknown = error;
      for (let depth = 0; depth < 8 && current instanceof Error; depth++) {
        for (const name of Object.getOwnPropertyNames(current)) {
          const value: unknown = Reflect.get(current, name);
          if (typeof value === "string") Reflect.set(current, name, value.replaceAll(host, redacted));
        }
        current = current.cause;
      }
    },
  };
}

function unfit({ input }: Operation, member: string): ValidationError {
  const message = "becomes part of the host name, so it must be 1 to 63 letters, digits or inner hyphens";
  return new ValidationError(input.name, [{ path: [member], rule: "pattern", message }]);
}
