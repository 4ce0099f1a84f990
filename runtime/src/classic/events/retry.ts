import { nextTick } from "../../time/real-ticks.js";
import { listenForAbort } from "../../signals/abort.js";
import { abortedError } from "../aws-error.js";
import { Endpoint } from "../endpoint.js";
import type { Request } from "../request.js";
import {
  isClockSkewError,
  isExpiredCredentialsError,
  isExpiredSignatureError,
  isRetryable,
  retryDelay,
} from "../retry.js";
import { moveToBucketRegion } from "./bucket-region.js";
import { setHeader } from "./headers.js";
import type { ClassicCall } from "./classic-call.js";

/** Decides whether a failed attempt is followed by another one. */
export function addRetrying(context: ClassicCall): void {
  const { request } = context;
  const { response, service } = request;

  request.on("retry", () => {
    const { error, httpResponse } = response;
    if (!error || httpResponse.statusCode === undefined) return;
    error.statusCode = httpResponse.statusCode;
    error.retryable ??= isRetryable(error, service.definition);
  });

  request.on("retry", () => {
    const { error } = response;
    if (!error) return;
    if (isExpiredCredentialsError(error)) error.retryable = service.config.expireCredentials();
    if (isExpiredSignatureError(error)) error.retryable = true;
    if (isClockSkewError(error) && service.config.correctClockSkew) error.retryable = true;
    if (moveToBucketRegion(context)) error.retryable = true;
    if (redirect(context)) Object.assign(error, { redirect: true, retryable: true });
  });

  request.on("retry", () => {
    const { error, retryCount, httpResponse } = response;
    if (!error) return;
    if (isRedirect(error) && response.redirectCount < response.maxRedirects) error.retryDelay = 0;
    else if (retryCount < response.maxRetries) {
      error.retryDelay = retryDelay(retryCount, error, service, httpResponse.headers);
    }
  });

  request.onAsync("afterRetry", (_response, done) => {
    const { error } = response;
    if (!error) return done();
    const { retryDelay: delay = 0 } = error;
    // As AWS SDK v2 counts: a redirection counts as a retry while there are any.
    const isRetried = error.retryable === true && response.retryCount < response.maxRetries;
    const isFollowed = !isRetried && isRedirect(error) && response.redirectCount < response.maxRedirects;
    if (isRetried) response.retryCount++;
    if (isFollowed) response.redirectCount++;
    if ((!isRetried && !isFollowed) || !(delay >= 0)) return done();
    response.error = null;
    pause(request, delay, done);
  });
}

function isRedirect(error: object): boolean {
  return "redirect" in error && error.redirect === true;
}

/**
 * Sends the request to the location of a redirection. A signed request is only sent to the host that it was signed for:
 * otherwise a response could have signed requests sent to any host.
 *
 * @returns whether the redirection is followed
 */
function redirect({ request, authSchemes }: ClassicCall): boolean {
  const { httpRequest, response } = request;
  const { statusCode = 0, headers } = response.httpResponse;
  const { location } = headers;
  const { error } = response;
  if (!error || error.statusCode !== statusCode || statusCode < 300 || statusCode > 399 || !location) return false;
  const { protocol, host } = httpRequest.endpoint;
  const from = `${protocol}//${host}${httpRequest.path}`;
  if (!URL.canParse(location, from)) return false;
  const to = new URL(location, from);
  const isElsewhere = to.protocol !== protocol || to.host !== host;
  const isUpgrade = protocol === "http:" && to.protocol === "https:" && to.hostname === httpRequest.endpoint.hostname;
  if (isElsewhere && !isUpgrade && authSchemes.length > 0) {
    error.message = `The response (status ${statusCode}) redirects to ${to.origin}, which is not followed: the request is signed for ${host}. Are region and endpoint right?`;
    return false;
  }
  httpRequest.endpoint = new Endpoint(to.href);
  httpRequest.path = to.pathname + to.search;
  setHeader(httpRequest.headers, "host", httpRequest.endpoint.host);
  return true;
}

/** Waits, until the request is aborted at the latest. */
function pause({ signal, response }: Request, milliseconds: number, done: () => void): void {
  const timer = setTimeout(() => {
    registration.end();
    done();
  }, milliseconds);
  const registration = listenForAbort(signal, {
    onAbort: () => {
      clearTimeout(timer);
      nextTick(() => {
        response.error = abortedError();
        done();
      });
    },
  });
}
