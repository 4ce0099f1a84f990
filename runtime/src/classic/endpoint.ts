import { awsError } from "./aws-error.js";

/** The endpoint of requests, in the parts of its URL. */
export class Endpoint {
  /** `https:` */
  protocol: string;
  /** Host, with the port where it is not the default of the protocol. */
  host: string;
  port: number;
  hostname: string;
  pathname: string;
  /** Path and query. */
  path: string;
  href: string;

  /**
   * @param url a URL, or a host alone, whose protocol `sslEnabled` selects
   * @throws AWSError named `InvalidEndpoint`
   */
  constructor(url: string | EndpointLike, options: { readonly sslEnabled?: boolean | undefined } = {}) {
    const text = typeof url === "string" ? url : hrefOf(url);
    const full = /^https?:/i.test(text) ? text : `${options.sslEnabled === false ? "http" : "https"}://${text}`;
    if (!URL.canParse(full)) {
      const message = `Invalid endpoint: ${JSON.stringify(url)} is neither a URL nor a host, nor an object of their parts`;
      throw awsError(new Error(), { name: "InvalidEndpoint", message });
    }
    const parsed = new URL(full);
    this.protocol = parsed.protocol;
    this.host = parsed.host;
    this.port = parsed.port === "" ? (parsed.protocol === "https:" ? 443 : 80) : Number(parsed.port);
    this.hostname = parsed.hostname;
    this.pathname = parsed.pathname;
    this.path = parsed.pathname + parsed.search;
    this.href = parsed.href;
  }
}

/** An endpoint in parts: an {@link Endpoint}, one of AWS SDK v2, or a URL. */
export interface EndpointLike {
  readonly protocol?: string;
  readonly host?: string;
  readonly hostname?: string;
  readonly port?: number | string;
  readonly path?: string;
  readonly pathname?: string;
  readonly href?: string;
}

/** The URL of an endpoint, composed of its parts, since callers set single ones. */
function hrefOf({ protocol = "https:", host, hostname, port, path, pathname, href }: EndpointLike): string {
  const name = hostname ?? host;
  if (name === undefined) return href ?? "";
  const isOwnPort = port === undefined || port === "" || Number(port) === (protocol === "https:" ? 443 : 80);
  const address = hostname === undefined || isOwnPort ? name : `${name}:${port}`;
  return `${protocol.endsWith(":") ? protocol : `${protocol}:`}//${address}${path ?? pathname ?? "/"}`;
}
