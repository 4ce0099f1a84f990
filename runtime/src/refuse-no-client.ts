/** Throws for a first argument that is no client. */
export function refuseNoClient(given: unknown, owner: string): void {
  if (typeof given === "object" && given !== null && "service" in given && typeof given.service === "string") return;
  throw noClientError(given, owner);
}

/** Mostly the client was forgotten, and the input stands where it should. */
export function noClientError(given: unknown, owner: string): TypeError {
  const members = typeof given === "object" && given !== null ? Object.keys(given).slice(0, 3).join(", ") : "";
  const found = members === "" ? `is ${given === null ? "null" : `of type ${typeof given}`}` : `has ${members}`;
  return new TypeError(`${owner} wants a client as its first argument and the input after it; what is given ${found}`);
}
