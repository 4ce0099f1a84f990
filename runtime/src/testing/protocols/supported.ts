import type { ServiceModel } from "../../schema/service.js";
import { AwsJsonServer } from "./awsJson.js";
import type { ServerProtocol } from "./protocol.js";
import { awsQueryServer } from "./query/awsQuery.js";
import { ec2QueryServer } from "./query/ec2Query.js";
import { QueryServer } from "./query/server.js";
import { RestJsonServer } from "./restJson.js";
import { RestXmlServer } from "./restXml.js";
import { RpcV2CborServer } from "./rpcv2Cbor.js";

/** By the id of the client's protocol. */
const supported: Readonly<Record<string, (model: ServiceModel) => ServerProtocol>> = {
  "aws.protocols#awsJson1_0": (model) => new AwsJsonServer(model, "1.0"),
  "aws.protocols#awsJson1_1": (model) => new AwsJsonServer(model, "1.1"),
  "aws.protocols#awsQuery": (model) => new QueryServer(model, awsQueryServer),
  "aws.protocols#ec2Query": (model) => new QueryServer(model, ec2QueryServer),
  "aws.protocols#restJson1": (model) => new RestJsonServer(model),
  "aws.protocols#restXml": (model) => new RestXmlServer(model),
  "smithy.protocols#rpcv2Cbor": (model) => new RpcV2CborServer(model),
};

/** The server side of a service's protocol. */
export function serverProtocolOf(model: ServiceModel): ServerProtocol {
  const { id } = model.service.protocol;
  const create = supported[id];
  if (!create) {
    const known = Object.keys(supported).join(", ");
    throw new TypeError(
      `startLocalService does not support ${id}, the protocol of ${model.service.name}; supported: ${known}`,
    );
  }
  return create(model);
}
