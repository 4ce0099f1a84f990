/** What compiled endpoint rules call. Each module stands alone, so that a client bundles what its rules use. */
export { parseArn } from "./arn.js";
export { isValidHostLabel } from "./hostLabel.js";
export { endpointParameter, requiredEndpointParameter } from "./parameters.js";
export { parseURL } from "./parseURL.js";
export { partitionOf } from "./partitionOf.js";
export { isVirtualHostableS3Bucket } from "./s3Bucket.js";
export { split } from "./split.js";
export { substring } from "./substring.js";
export { uriEncode } from "./uriEncode.js";
