import type { ServiceIr } from "../ir/ir.js";
import { apiGateway } from "./api-gateway.js";
import type { Customization } from "./customization.js";
import { dynamodb } from "./dynamodb.js";
import { glacier } from "./glacier.js";
import { lastPages } from "./last-pages.js";
import { longPolls } from "./long-polls.js";
import { machineLearning } from "./machine-learning.js";
import { regionalCopies } from "./regional-copies.js";
import { route53 } from "./route53.js";
import { s3 } from "./s3.js";
import { s3Control } from "./s3-control.js";
import { sqs } from "./sqs.js";
import { sts } from "./sts.js";

/** The built-in customizations. */
export const customizations: readonly Customization[] = [
  apiGateway,
  ...dynamodb,
  glacier,
  ...lastPages,
  ...longPolls,
  machineLearning,
  ...regionalCopies,
  route53,
  s3,
  s3Control,
  sqs,
  sts,
];

/** Applies the customizations of the service. */
export function customize(service: ServiceIr, known: readonly Customization[] = customizations): ServiceIr {
  return known.filter(({ sdkId }) => sdkId === service.sdkId).reduce((changed, { change }) => change(changed), service);
}
