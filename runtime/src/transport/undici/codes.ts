import { addSystemCodes } from "../../errors/system-codes.js";

let isKnown = false;

/** Registers the meaning of undici's error codes. */
export function knowCodes(): void {
  if (isKnown) return;
  isKnown = true;
  addSystemCodes([
    [
      "CLIENTSMITH_PROXY_AUTHENTICATION",
      "!the proxy requires authentication (status 407); check user and password in its URL",
    ],
    ["UND_ERR_SOCKET", "the peer closed the connection"],
    ["UND_ERR_RES_CONTENT_LENGTH_MISMATCH", "the body is not as long as its content-length"],
    ["UND_ERR_HEADERS_OVERFLOW", "the response's headers are larger than Node allows (--max-http-header-size)"],
    [
      "UND_ERR_CONNECT_TIMEOUT UND_ERR_HEADERS_TIMEOUT UND_ERR_BODY_TIMEOUT",
      "a time limit of the given dispatcher passed",
    ],
    ["UND_ERR_REQ_CONTENT_LENGTH_MISMATCH", "!the body is not as long as the request's content-length"],
    ["UND_ERR_DESTROYED", "!the client is closed"],
    ["UND_ERR_INVALID_ARG UND_ERR_NOT_SUPPORTED", "!"],
    ["ERR_MODULE_NOT_FOUND", "!the package undici is not installed"],
  ]);
}
