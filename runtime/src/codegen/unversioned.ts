/**
 * The entry point of packages that were generated before `codegen/v1`. It exports the names that they import, because a missing
 * name would be a `SyntaxError` that does not state what to do.
 */
function reject(): never {
  throw new Error(
    'A generated package imports "@clientsmith/runtime/codegen", which this version of @clientsmith/runtime does not support. ' +
      "Generate the package again: npx clientsmith generate MODEL --out FOLDER. " +
      "npm ls @clientsmith/runtime lists the packages that use the runtime.",
  );
}

export const {
  Client,
  EndpointError,
  ServiceError,
  compareNumbers,
  endpointParameter,
  invoke,
  isDeepEqual,
  isEach,
  isTruthy,
  isValidHostLabel,
  isVirtualHostableS3Bucket,
  paginate,
  parseArn,
  parseURL,
  partitionOf,
  requiredEndpointParameter,
  split,
  substring,
  toNumber,
  uriEncode,
  validate,
  waitUntil,
}: Readonly<Record<string, never>> = reject();
