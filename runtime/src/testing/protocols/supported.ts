import type { Service } from "../../schema/service.js";
import { AwsJsonServer } from "./awsJson.js";
import type { ServerProtocol } from "./protocol.js";

/** By the id of the client's protocol. */
const supported: Readonly<Record<string, () => ServerProtocol>> = {
  "aws.protocols#awsJson1_0": () => new AwsJsonServer("1.0"),
  "aws.protocols#awsJson1_1": () => new AwsJsonServer("1.1"),
};

/** The server side of a service's protocol. */
export function serverProtocolOf(service: Service): ServerProtocol {
  const { id } = service.protocol;
  const create = supported[id];
  if (!create) {
    const known = Object.keys(supported).join(", ");
    throw new TypeError(
      `startLocalService does not support ${id}, the protocol of ${service.name}; supported: ${known}`,
    );
  }
  return create();
}
