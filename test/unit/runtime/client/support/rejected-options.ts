import { Client } from "#runtime/client/client.js";
import type { ClientOptions } from "#runtime/config/options.js";
import { awsJson1_1 } from "#runtime/protocols/awsJson/index.js";
import type { Service } from "#runtime/schema/service.js";

export const service: Service = {
  name: "Demo",
  sdkId: "Demo",
  shapeName: "Demo_1",
  version: "2020-01-01",
  protocol: awsJson1_1,
  resolveEndpoint: () => ({ url: "https://demo.test" }),
  endpointBuiltIns: {},
};
/** The error for options of a client; "accepted" if there is none. */
export function rejectionOf(options: object): unknown {
  try {
    void new Client(service, options as ClientOptions);
    return "accepted";
  } catch (error) {
    return error;
  }
}

/** Names of other clients, and what is said of each; the other names of theirs have no counterpart. */
export const advice: Readonly<Record<string, RegExp>> = {
  accessKeyId: /; use credentials: \{/,
  credentialProvider: /; use credentials: .* function/,
  credentialDefaultProvider: /; use credentials: .* function/,
  maxRetries: /; use maxAttempts, .* \+ 1/,
  retryDelayOptions: /; use maxAttempts and retryMode/,
  retryStrategy: /; use maxAttempts and retryMode/,
  connectionTimeout: /; use connectTimeout$/,
  socketTimeout: /; use headersTimeout and bodyTimeout/,
  requestTimeout: /; use headersTimeout and bodyTimeout, or deadline/,
  httpOptions: /; use transport/,
  requestHandler: /; use transport/,
  tls: /; use an endpoint that starts with http:/,
  sslEnabled: /; use an endpoint that starts with http:/,
  paramValidation: /; use validation$/,
  params: /; pass them with each call/,
  abortSignal: /; use signal, an option of calls/,
  signal: /; use signal, an option of calls/,
  profile: /; set AWS_PROFILE/,
  defaultsMode: /; use the options that it sets/,
  customUserAgent: /; use hooks/,
  userAgentAppId: /; use hooks/,
  defaultUserAgentProvider: /; use hooks/,
  clientSideMonitoring: /; use hooks or logger/,
  extensions: /; use hooks or logger/,
  correctClockSkew: /; leave it out: the clock is corrected/,
  disableClockSkewCorrection: /; leave it out: the clock is corrected/,
  apiVersion: /; leave it out: .* generated for/,
  apiVersions: /; leave it out: .* generated for/,
  serviceId: /; leave it out: .* generated for/,
  signer: /; leave it out: how to sign/,
  signatureVersion: /; leave it out: how to sign/,
  signatureCache: /; leave it out: how to sign/,
  signingEscapePath: /; leave it out: how to sign/,
  sigv4aSigningRegionSet: /; leave it out: how to sign/,
  defaultSigningName: /; leave it out: how to sign/,
  signerConstructor: /; leave it out: how to sign/,
  httpAuthSchemes: /; leave it out: how to sign/,
  httpAuthSchemeProvider: /; leave it out: how to sign/,
  authSchemePreference: /; leave it out: how to sign/,
  token: /; leave it out: requests are signed/,
  tokenProvider: /; leave it out: requests are signed/,
  hostPrefixEnabled: /; use disableHostPrefix/,
  maxRedirects: /; leave it out: redirections/,
  followRegionRedirects: /; leave it out: redirections/,
  convertResponseTypes: /; leave it out/,
  computeChecksums: /; leave it out/,
  dynamoDbCrc32: /; leave it out/,
  useFIPSEndpoint: /; use useFipsEndpoint$/,
  useDualStackEndpoint: /; use useDualstackEndpoint$/,
  regoin: /; use region$/,
};
