import { rejectUnknownOptions } from "../client/check-options.js";
import type { ServiceModel } from "../schema/service.js";
import { isBytes, isObject } from "../schema/values.js";
import { nearest } from "../text/nearest.js";
import { checkIdentities } from "./identities/check.js";
import type { LocalServiceOptions } from "./options.js";
import { pagesOf } from "./pages.js";

const names: Readonly<Record<keyof LocalServiceOptions, true>> = {
  service: true,
  handlers: true,
  http2: true,
  tls: true,
  credentials: true,
  apiKeys: true,
  tokens: true,
  logins: true,
  faults: true,
  invalidInput: true,
  onRequest: true,
  onError: true,
  clock: true,
};

/** The options that are functions, besides the handlers. */
const functions = ["faults", "invalidInput", "onRequest", "onError", "clock"] as const;

/** Throws a `TypeError` for invalid options, whatever their types. */
export function checkOptions(options: object): void {
  if (!isObject(options)) throw new TypeError("startLocalService expects an object with service and handlers");
  rejectUnknownOptions(options, new Set(Object.keys(names)), "startLocalService");
  const { service, handlers, credentials } = options;
  if (!isModel(service)) {
    const example = 'CloudTrailModel of "@clientsmith/cloudtrail/model"';
    throw new TypeError(`service must be the model that a generated package exports, such as ${example}`);
  }
  if (!isObject(handlers)) throw new TypeError("handlers must be an object with a function for each operation");
  checkHandlers(handlers, service);
  if (credentials !== undefined && !Array.isArray(credentials)) {
    throw new TypeError("credentials must be a list of key pairs, such as [testCredentials]");
  }
  checkIdentities(options);
  checkConnections(options);
  const wrong = functions.find((name) => options[name] !== undefined && typeof options[name] !== "function");
  if (wrong !== undefined) throw new TypeError(`${wrong} must be a function`);
}

function checkConnections({ http2, tls }: Readonly<Record<string, unknown>>): void {
  if (http2 !== undefined && typeof http2 !== "boolean") throw new TypeError("http2 must be true or false");
  if (tls === undefined) return;
  if (http2) throw new TypeError("http2 is without TLS, and tls negotiates HTTP/2: leave one of them out");
  const isPem = (value: unknown): boolean => typeof value === "string" || isBytes(value);
  if (!isObject(tls) || !isPem(tls["key"]) || !isPem(tls["cert"])) {
    throw new TypeError("tls must be an object with a key and a cert, in PEM");
  }
}

function isModel(value: unknown): value is ServiceModel {
  if (!isObject(value)) return false;
  const { service, operations } = value;
  return isObject(service) && isObject(service["protocol"]) && isObject(operations);
}

function checkHandlers(handlers: Readonly<Record<string, unknown>>, model: ServiceModel): void {
  const { service, operations } = model;
  for (const [name, handler] of Object.entries(handlers)) {
    if (!Object.hasOwn(operations, name)) {
      const near = nearest(name, Object.keys(operations));
      throw new TypeError(`handlers.${name}: ${service.name} has no such operation${near ? `; use ${near}` : ""}`);
    }
    if (handler !== undefined && typeof handler !== "function") {
      throw new TypeError(`handlers.${name} must be a function of the input`);
    }
    if (handler) pagesOf(name, handler, model);
  }
}
