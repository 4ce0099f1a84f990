import { isAnyObject } from "../text/any-object.js";
import { ConnectionError } from "../errors/client.js";

/** Rejects a first argument that is not a client. @throws TypeError */
export function rejectNoClient(given: unknown, owner: string): void {
  if (isAnyObject(given) && "service" in given && typeof given.service === "string") return;
  throw noClientError(given, owner);
}

/** The usual mistake: the client was forgotten, and the input is the first argument. */
export function noClientError(given: unknown, owner: string): TypeError {
  const members =
    typeof given === "object"
      ? Object.keys(given ?? {})
          .slice(0, 3)
          .join(", ")
      : "";
  const found = members === "" ? `is of type ${typeof given}` : `has ${members}`;
  return new TypeError(
    `${owner} expects a client as its first argument and the input as its second; the first argument ${found}`,
  );
}

/** Error for a call that starts after its client was closed. */
export function closedClient(service: string): ConnectionError {
  const message = `This client of ${service} was closed and makes no more calls. Create another one.`;
  return new ConnectionError(message, { systemCode: "UND_ERR_CLOSED", sent: false });
}
