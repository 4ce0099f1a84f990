import { isAnyObject } from "../../text/any-object.js";
import type { LoginIdentity } from "../../config/identity.js";
import { CredentialsError } from "../../errors/client.js";
import type { Lack } from "../auth-scheme.js";
import { checkExpiration, optionIdentity } from "./option-identity.js";

/** The client's option `login`. */
export const optionLogin = /* @__PURE__ */ optionIdentity("login", checkLogin);

export const loginLack: Lack = { what: "a user name and a password", set: "the client option login" };

/** Messages never contain a value. */
function checkLogin(value: unknown, source: string): LoginIdentity {
  const identity = (isAnyObject(value) ? value : {}) as Partial<LoginIdentity>;
  const { username, password } = identity;
  if (typeof username !== "string" || typeof password !== "string" || username === "") {
    throw new CredentialsError(`${source} must be { username: "…", password: "…" }, with an optional expiration`);
  }
  if (/\p{Cc}/u.test(username + password)) {
    throw new CredentialsError(`${source} cannot be used: it contains a line break or another control character`);
  }
  checkExpiration(identity, source);
  return { ...identity, username, password };
}
