import { isObject } from "../../schema/values.js";

const isText = (value: unknown): boolean => typeof value === "string" && value !== "";

/** @throws TypeError for lists of identities that are none */
export function checkIdentities({ apiKeys, tokens, logins }: Readonly<Record<string, unknown>>): void {
  for (const [name, list] of Object.entries({ apiKeys, tokens })) {
    if (list !== undefined && !(Array.isArray(list) && list.every(isText)))
      throw new TypeError(`${name} must be a list of texts`);
  }
  const isLogin = (value: unknown): boolean =>
    isObject(value) && isText(value["username"]) && typeof value["password"] === "string";
  if (logins !== undefined && !(Array.isArray(logins) && logins.every(isLogin)))
    throw new TypeError('logins must be a list of { username: "…", password: "…" }');
}
