/** Words that JavaScript or TypeScript keeps: nothing can be declared under them. */
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
 * Globals of the language: generated code uses some, and whoever imports one of these names from a client would lose
 * the global in that file. Globals of a platform (`Event`, `Request`) are left free, since models use them a lot.
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
 * Names that no export may have: parameters of generated functions, since nothing of their names is seen beside them,
 * and `then`, since a module that exports it looks like a promise to whoever imports it dynamically.
 */
export const unexportable: ReadonlySet<string> = new Set(["client", "input", "options", "then", "value"]);

/** Names that compiled paths give to what they look at: a shape of such a name would not be seen beside them. */
export const pathNames = /^((each|found)\d*|output|item|name|total|index|_)$/;

/** What the classic module's namespace has beside the shapes. */
export const namespaces: ReadonlySet<string> = new Set(["Types"]);

/** Subpaths of a generated package that are no operation. */
export const subpaths: ReadonlySet<string> = new Set(["classic", "client", "model", "testing"]);

/**
 * Members that a method of the service object must not replace: those of the runtime's client and of every object.
 */
export const clientMembers: ReadonlySet<string> = new Set([
  "close",
  "context",
  "setup",
  "calls",
  "service",
  ...Object.getOwnPropertyNames(Object.prototype),
]);

/** Members of the classic service object. An operation of such a name is called by `makeRequest` there. */
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

/** Fields of the runtime's `ServiceError`, of `Error` and of every object: a modelled member steps aside with a `$`. */
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

/** Modules of a generated package's `src` that stand beside the service object's. */
export const modules: ReadonlySet<string> = new Set([
  "classic",
  "client",
  "endpoint",
  "errors",
  "index",
  "model",
  "service",
]);

/** Names that Windows keeps for devices, whatever the extension. */
export const devices = /^(con|prn|aux|nul|com\d|lpt\d)$/i;
