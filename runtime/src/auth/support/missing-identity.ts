import type { CallContext } from "../../features/context.js";
import { CredentialsError } from "../../errors/client.js";
import type { AuthScheme } from "../auth-scheme.js";

/** Error for a call for which the client has no identity: what each scheme that the operation accepts would need. */
export function missingIdentity({ client, operation }: CallContext): CredentialsError {
  const schemes = (operation.authSchemes ?? client.service.authSchemes ?? []) as readonly AuthScheme[];
  const lacks = schemes.flatMap((scheme) => scheme.lacks?.(client) ?? []);
  const what = [...new Set(lacks.map((lack) => lack.what))].join(" or ");
  const set = [...new Set(lacks.map((lack) => lack.set))].join(", or ");
  return new CredentialsError(`${operation.name} requires ${what}, and there is none. Set ${set}.`);
}
