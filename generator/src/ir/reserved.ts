/** Reserved words of JavaScript and TypeScript, which cannot be declared. */
export const keywords: ReadonlySet<string> = new Set(
  [
    "arguments async await break case catch class const continue debugger default delete do else enum eval export extends",
    "false finally for function if implements import in instanceof interface let new null package private protected",
    "public return static super switch this throw true try typeof var void while with yield",
    "any asserts bigint boolean constructor declare infer is keyof module namespace never number object of readonly require",
    "satisfies string symbol type undefined unique unknown using",
  ]
    .join(" ")
    .split(" "),
);

/**
 * Globals of the language. Generated code uses some, and importing such a name from a client would shadow the global.
 * Globals of a platform (`Event`, `Request`) are allowed, because models use these names a lot.
 */
export const globals: ReadonlySet<string> = new Set(
  [
    "AggregateError Array ArrayBuffer AsyncGenerator AsyncIterable AsyncIterator Atomics Awaited BigInt BigInt64Array",
    "BigUint64Array Boolean DataView Date Error EvalError Exclude Extract FinalizationRegistry Float32Array Float64Array",
    "Function Generator Infinity InstanceType Int16Array Int32Array Int8Array Intl Iterable Iterator JSON Map Math NaN",
    "NonNullable Number Object Omit Parameters Partial Pick Promise PromiseLike PropertyKey Proxy RangeError Readonly",
    "ReadonlyArray ReadonlyMap ReadonlySet Record ReferenceError Reflect RegExp Required ReturnType Set SharedArrayBuffer",
    "String Symbol SyntaxError TypeError URIError Uint16Array Uint32Array Uint8Array Uint8ClampedArray WeakMap WeakRef",
    "WeakSet globalThis isFinite isNaN parseFloat parseInt",
  ]
    .join(" ")
    .split(" "),
);

/**
 * Names that no export may have: parameters of generated functions, which would shadow it, and `then`, because
 * `import()` treats a module that exports it as a promise.
 */
export const unexportable: ReadonlySet<string> = new Set(["client", "input", "options", "then", "value"]);

/** Variables in compiled paths, which would shadow a shape of the same name. */
export const pathNames = /^((each|found)\d*|output|item|name|total|index|_)$/;

/** Names in the classic module's namespace besides the shapes. */
export const namespaces: ReadonlySet<string> = new Set(["Types"]);

/** Subpaths of a generated package that are not operations. */
export const subpaths: ReadonlySet<string> = new Set(["classic", "client", "model", "testing"]);

/**
 * Members that a method of the service object must not override: those of the runtime's client and `Object.prototype`.
 */
export const clientMembers: ReadonlySet<string> = new Set([
  "close",
  "context",
  "setup",
  "calls",
  "service",
  ...Object.getOwnPropertyNames(Object.prototype),
]);

/** Members of the classic service object. An operation of such a name can only be called with `makeRequest`. */
export const classicMembers: ReadonlySet<string> = new Set([
  "addListener",
  "addListenersOf",
  "apiVersions",
  "config",
  "connection",
  "context",
  "customizeRequests",
  "definition",
  "emit",
  "endpoint",
  "getSkewCorrectedDate",
  "isEndpointGiven",
  "listeners",
  "makeRequest",
  "makeUnauthenticatedRequest",
  "numRetries",
  "on",
  "onAsync",
  "once",
  "paginationConfig",
  "registrations",
  "removeAllListeners",
  "removeListener",
  "serviceIdentifier",
  "setupRequestListeners",
  "waitFor",
  ...Object.getOwnPropertyNames(Object.prototype),
]);

/**
 * Members of the runtime's `ServiceError`, `Error` and `Object.prototype`. A modelled member of that name gets a `$`.
 */
export const errorFields: ReadonlySet<string> = new Set([
  "name",
  "code",
  "fault",
  "retryable",
  "throttling",
  "status",
  "requestId",
  "$metadata",
  "operation",
  "attempts",
  "cause",
  "stack",
  "explain",
  ...Object.getOwnPropertyNames(Object.prototype),
]);

/** Names of modules in `src`, which the module of the service object cannot have. */
export const modules: ReadonlySet<string> = new Set([
  "classic",
  "client",
  "endpoint",
  "errors",
  "index",
  "model",
  "service",
]);

/** Names that Windows reserves for devices, with any extension. */
export const devices = /^(con|prn|aux|nul|com\d|lpt\d)$/i;
