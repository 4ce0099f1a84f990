/** An invalid request or response for which no other attempt would succeed. */
export class RejectedExchange extends Error {
  readonly code: string;

  constructor(code: `CLIENTSMITH_${string}`, message: string) {
    super(message);
    this.code = code;
  }
}

/** `fetch` does not report where the response redirects to. */
export function redirection(): RejectedExchange {
  return new RejectedExchange("CLIENTSMITH_REDIRECT", "the server redirects, and redirects are not followed");
}
