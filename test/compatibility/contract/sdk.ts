/** What both generations' packages have in common, as the scenarios use it. */
import * as ours from "@clientsmith/cloudtrail/classic";
import { peer } from "../../support/peers.js";
import { ponds } from "./pond.js";

export interface HttpResponseLike {
  statusCode?: number;
  statusMessage?: string;
  headers: Record<string, string>;
  body?: Buffer | string;
}

export interface ResponseLike {
  request: RequestLike;
  data: Record<string, unknown> | null;
  error: ErrorLike | null;
  retryCount: number;
  redirectCount: number;
  maxRetries: number;
  maxRedirects: number;
  requestId: string;
  httpResponse: HttpResponseLike;
  hasNextPage(): boolean | undefined;
  nextPage(callback?: Callback): RequestLike | null;
}

export interface ErrorLike extends Error {
  code: string;
  time: Date;
  retryable?: boolean;
  statusCode?: number;
  requestId?: string;
  errors?: ErrorLike[];
  originalError?: Error;
}

export type Callback = (this: unknown, error: ErrorLike | null, data: Record<string, unknown> | null) => void;

type Listener = (this: unknown, ...args: never[]) => unknown;

export interface RequestLike {
  operation: string;
  params: Record<string, unknown>;
  service: ServiceLike;
  startTime: Date;
  response: ResponseLike;
  httpRequest: {
    method: string;
    path: string;
    headers: Record<string, string>;
    body: string | Uint8Array;
    endpoint: { href: string; host: string };
    region: string;
  };
  send(callback?: Callback): ResponseLike;
  promise(): Promise<Record<string, unknown> & { $response?: ResponseLike }>;
  abort(): RequestLike;
  on(event: string, listener: Listener, prepend?: boolean): RequestLike;
  onAsync(event: string, listener: Listener, prepend?: boolean): RequestLike;
  once(event: string, listener: Listener): RequestLike;
  removeListener(event: string, listener: Listener): RequestLike;
  removeAllListeners(event?: string): RequestLike;
  eachPage(
    callback: (error: ErrorLike | null, data: Record<string, unknown> | null, done?: () => void) => unknown,
  ): void;
  eachItem(callback: (error: ErrorLike | null, item: unknown) => unknown): void;
  isPageable(): boolean;
  createReadStream(): NodeJS.ReadableStream;
}

export interface ConfigLike extends Record<string, unknown> {
  update(options: object, allowUnknownKeys?: boolean): void;
  getCredentials(callback: (error: ErrorLike | null, credentials: unknown) => void): void;
}

export type ServiceLike = {
  config: ConfigLike;
  endpoint: { href: string; host: string; protocol: string; port: number; hostname: string };
  apiVersions: string[];
  makeRequest(operation: string, params?: unknown, callback?: Callback): RequestLike;
  makeUnauthenticatedRequest(operation: string, params?: unknown, callback?: Callback): RequestLike;
  waitFor(state: string, params?: unknown, callback?: Callback): RequestLike;
  setupRequestListeners(request: RequestLike): void;
  customizeRequests(callback: ((request: RequestLike) => void) | null): void;
} & Record<OperationName, (params?: object | null | Callback, callback?: Callback) => RequestLike>;

export type OperationName =
  | "getTrail"
  | "listTrails"
  | "lookupEvents"
  | "createTrail"
  | "addTags"
  | "listPublicKeys"
  | "putEventSelectors"
  | "describeTrails"
  | "describePond"
  | "listFish"
  | "listFrogs";

export interface ServiceClass {
  new (options?: object): ServiceLike;
  prototype: ServiceLike;
}

export interface Sdk {
  readonly name: "aws-sdk" | "clientsmith";
  readonly CloudTrail: ServiceClass;
  /** A service of the tests' own, with a waiter. */
  readonly Pond: ServiceClass;
  readonly config: ConfigLike;
  readonly Credentials: new (...args: unknown[]) => {
    accessKeyId: string;
    secretAccessKey: string;
    expired: boolean;
    expireTime: Date | null;
    needsRefresh(): boolean;
    get(callback: (error?: Error | null) => void): void;
    refresh(callback: (error?: Error | null) => void): void;
  };
  readonly CredentialProviderChain: new (providers?: unknown[]) => {
    resolve(callback: (error: Error | null, credentials?: unknown) => void): unknown;
    resolvePromise(): Promise<unknown>;
  };
  readonly EnvironmentCredentials: new (prefix?: string) => unknown;
  readonly SharedIniFileCredentials: new (options?: object) => unknown;
  readonly Service: { readonly prototype: ServiceLike };
  readonly events: RequestLike;
  readonly Endpoint: new (url: string) => { href: string; host: string; port: number; protocol: string };
}

export async function bothSdks(): Promise<readonly [Sdk, Sdk]> {
  const theirs = (await peer("aws-sdk")) as unknown as Omit<Sdk, "name" | "Pond">;
  const own = ours as unknown as Omit<Sdk, "name" | "Pond">;
  return [pick("aws-sdk", theirs, ponds.theirs(theirs as never)), pick("clientsmith", own, ponds.ours())];
}

function pick(name: Sdk["name"], sdk: Omit<Sdk, "name" | "Pond">, Pond: ServiceClass): Sdk {
  const { CloudTrail, config, events, Service, Endpoint } = sdk;
  const { Credentials, CredentialProviderChain, EnvironmentCredentials, SharedIniFileCredentials } = sdk;
  return {
    name,
    CloudTrail,
    Pond,
    config,
    events,
    Service,
    Endpoint,
    Credentials,
    CredentialProviderChain,
    EnvironmentCredentials,
    SharedIniFileCredentials,
  };
}
