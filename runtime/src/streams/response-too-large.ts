/** A response body that is larger than the option `maxResponseSize` allows. */
export class ResponseTooLarge extends Error {
  readonly code = "CLIENTSMITH_RESPONSE_TOO_LARGE";

  constructor(limit: number) {
    super(`the body has more than ${limit} bytes (option maxResponseSize)`);
  }
}
