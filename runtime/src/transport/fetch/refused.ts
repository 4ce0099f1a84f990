/** An invalid request or response for which no other attempt would succeed. */
export class Refused extends Error {
  readonly code: string;

  constructor(code: `CLIENTSMITH_${string}`, message: string) {
    super(message);
    this.code = code;
  }
}

/** `fetch` does not tell where the response redirects to. */
export function redirection(): Refused {
  return new Refused("CLIENTSMITH_REDIRECT", "the server redirects, and redirects are not followed");
}
