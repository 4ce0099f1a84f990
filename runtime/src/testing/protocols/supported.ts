import type { Service } from "../../schema/service.js";
import { AwsJsonServer } from "./awsJson.js";
import type { ServerProtocol } from "./protocol.js";

/** By the id of the client's protocol. */
const supported: Readonly<Record<string, () => ServerProtocol>> = {
  "aws.protocols#awsJson1_0": () => new AwsJsonServer("1.0"),
  "aws.protocols#awsJson1_1": () => new AwsJsonServer("1.1"),
};

/** The service's side of the protocol that a service speaks. */
export function serverProtocolOf(service: Service): ServerProtocol {
  const { id } = service.protocol;
  const create = supported[id];
  if (!create) {
    const known = Object.keys(supported).join(", ");
    throw new TypeError(`startLocalService cannot answer in ${id}, which ${service.name} speaks; it knows ${known}`);
  }
  return create();
}
