import { endpointUrlProblem } from "../endpoints/url.js";
import { type Found, Lookup } from "../config/lookup.js";
import { loadSharedFiles } from "../config/shared-files.js";
import { parseObject, readCredentials, shownCode } from "./read-credentials.js";
import { type MetadataResponse, requestMetadata } from "./request-metadata.js";
import type { CredentialContext, FoundCredentials, Unavailable } from "./types.js";

const hosts = { ipv4: "http://169.254.169.254", ipv6: "http://[fd00:ec2::254]" } as const;

/** The first also returns the account ID; instances that do not have it return status 404. */
const paths = ["latest/meta-data/iam/security-credentials-extended/", "latest/meta-data/iam/security-credentials/"];

/** Lifetime of a token in seconds, the max. Each token is used at once and not kept. */
const tokenLife = "21600";

/**
 * Milliseconds for which an unreachable service is not tried again: calls that may be unsigned would otherwise wait for
 * the timeout each time.
 */
const silenceBelieved = 30_000;

/**
 * Credentials of the role of an EC2 instance, from version 2 of the instance metadata service. There is no fallback to
 * version 1, which responds to anyone who can make this process send a request.
 *
 * The last credentials stay in use while the service fails or only returns expired ones: services may accept them
 * longer.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-imds-credentials.html
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-static-credentials.html
 */
export class InstanceMetadata {
  readonly #context: CredentialContext;
  #last: FoundCredentials | undefined;
  /** The result for an unreachable service, valid until a time in milliseconds since 1970. */
  #silence: { readonly response: Unavailable; readonly until: number } | undefined;
  /** The path that the instance has, and the role that it last had: index of {@link paths}. */
  #path = 0;
  #role: string | undefined;
  /** True after the warning, until the service works again. */
  #hasWarned = false;

  constructor(context: CredentialContext) {
    this.#context = context;
  }

  async load(): Promise<FoundCredentials | Unavailable> {
    const { env } = this.#context.environment;
    if (env["AWS_EC2_METADATA_DISABLED"]?.toLowerCase() === "true") {
      return { reason: "AWS_EC2_METADATA_DISABLED switches it off" };
    }
    const now = this.#context.now();
    if (this.#silence && now < this.#silence.until) return this.#silence.response;
    const host = await this.#host();
    if (typeof host !== "string") return host;
    const token = await requestToken(host);
    const response = typeof token === "string" ? await this.#credentials(host, token) : token;
    if ("reason" in response) {
      if (this.#last) return this.#extended(this.#last, response.reason);
      if ("isSilent" in response) this.#silence = { response, until: now + silenceBelieved };
      return response;
    }
    this.#last = response;
    if (response.expiration && response.expiration.getTime() <= this.#context.now()) {
      return this.#extended(response, "the credentials that it returned have expired");
    }
    this.#hasWarned = false;
    return response;
  }

  /**
   * Extends the expiration to 10 to 15 minutes from now. Credentials are refreshed five minutes before they expire, so
   * the next request follows in 5 to 10 minutes.
   */
  #extended(credentials: FoundCredentials, reason: string): FoundCredentials {
    if (!this.#hasWarned) {
      this.#hasWarned = true;
      this.#context.logger?.warn(
        `Credentials of the instance metadata cannot be refreshed (${reason}). The last ones stay in use; a refresh is tried every few minutes.`,
      );
    }
    const { now } = this.#context;
    return { ...credentials, expiration: new Date(now() + (10 + 5 * Math.random()) * 60_000) };
  }

  /** Base URL of the service, with a trailing slash. */
  async #host(): Promise<string | Unavailable> {
    const endpoint = await this.#setting("ec2_metadata_service_endpoint");
    if (endpoint) {
      const problem = endpointUrlProblem(endpoint.text);
      return problem ? { reason: `${endpoint.source} ${problem}`, isBroken: true } : endpoint.text.replace(/\/*$/, "/");
    }
    const mode = await this.#setting("ec2_metadata_service_endpoint_mode");
    const wanted = mode?.text.toLowerCase() ?? "ipv4";
    if (wanted === "ipv4" || wanted === "ipv6") return `${hosts[wanted]}/`;
    return { reason: `${mode?.source} must be IPv4 or IPv6`, isBroken: true };
  }

  async #setting(name: string): Promise<Found | undefined> {
    const { environment } = this.#context;
    return (
      new Lookup(environment).inEnvironment(`AWS_${name.toUpperCase()}`) ??
      new Lookup(environment, await loadSharedFiles(environment)).inProfile(name)
    );
  }

  /** A role that the instance no longer has is looked up again, and so is a path. */
  async #credentials(host: string, token: string): Promise<FoundCredentials | Unavailable> {
    const headers = { "x-aws-ec2-metadata-token": token };
    const get = (path: string) => requestMetadata({ url: new URL(path, host), headers, attempts: 2 });
    const known = (await this.#setting("ec2_instance_profile_name"))?.text;
    for (;;) {
      const path = paths[this.#path] ?? "";
      const isLast = this.#path === paths.length - 1;
      let role = known ?? this.#role;
      if (role === undefined) {
        const roles = await get(path);
        if ("reason" in roles) return roles;
        if (roles.status === 404 && !isLast) {
          this.#path++;
          continue;
        }
        if (roles.status === 404) return { reason: "the instance has no role: attach an instance profile" };
        if (roles.status !== 200) return rejected(roles, "its role");
        role = roles.body.trim();
      }
      if (!/^[\w+=,.@-]+$/.test(role)) return { reason: "it returned something other than the name of a role" };

      const response = await get(path + role);
      if ("reason" in response) return response;
      if (response.status === 404 && (this.#role !== undefined || !isLast)) {
        if (this.#role === undefined) this.#path++;
        this.#role = undefined;
        continue;
      }
      if (response.status !== 200) return rejected(response, `credentials of role ${role}`);
      this.#role = role;
      return readRole(response.body, role);
    }
  }
}

function readRole(body: string, role: string): FoundCredentials | Unavailable {
  const content = parseObject(body);
  if (!content) return { reason: "it returned something other than a JSON object" };
  const { Code = "Success" } = content as { readonly Code?: unknown };
  if (Code !== "Success") return { reason: `it has no credentials for role ${role}${shownCode(Code)}` };
  const credentials = readCredentials(content, "Token", ["AccessKeyId", "SecretAccessKey", "Token"]);
  return "reason" in credentials ? credentials : { ...credentials, source: `instance metadata, role ${role}` };
}

/** The service did not respond. */
interface Silent extends Unavailable {
  readonly isSilent: true;
}

async function requestToken(host: string): Promise<string | Silent | Unavailable> {
  const tokenUrl = new URL("latest/api/token", host);
  const ttl = { "x-aws-ec2-metadata-token-ttl-seconds": tokenLife };
  const token = await requestMetadata({ url: tokenUrl, method: "PUT", headers: ttl, attempts: 2 });
  if ("reason" in token) return { reason: `${token.reason}; is this an EC2 instance?`, isSilent: true };
  if (token.status !== 200) return rejected(token, "a token");
  return /^[\x21-\x7E]+$/.test(token.body) ? token.body : { reason: "it returned something other than a token" };
}

function rejected({ status }: MetadataResponse, what: string): Unavailable {
  const why = status === 403 ? ": the instance metadata is switched off" : "";
  return { reason: `it returned status ${status} for ${what}${why}` };
}
