import { AwsSmithyRpcV2CborProtocol, AwsQueryProtocol } from "@aws-sdk/core/protocols";
import { Readable } from "node:stream";
import { scenarios } from "../../support/scenarios.mjs";
import { credentials, region } from "../../support/settings.mjs";
import { chunksOf, readChunks } from "../../support/streams.mjs";

const protocols = { cbor: AwsSmithyRpcV2CborProtocol, query: AwsQueryProtocol };

/** @type {import("../../support/types.d.ts").ScenarioContestant["open"]} */
export async function open(endpoint, name) {
  const scenario = scenarios[name];
  if (!scenario) throw new Error(`no scenario ${name}`);
  const { client: service, operation = name, input, sends, reads } = scenario;
  const [id = "", protocol] = service.split("-");
  const module = await import(`@aws-sdk/client-${id}`);
  const Client = Object.entries(module).find(
    ([key]) => key.toLowerCase() === `${id}client` && key.endsWith("Client"),
  )?.[1];
  const Command = module[`${operation.charAt(0).toUpperCase()}${operation.slice(1)}Command`];
  const client = new Client({
    region,
    credentials,
    endpoint,
    ...(id === "s3" && { forcePathStyle: true }),
    ...(protocol && { protocol: protocols[/** @type {"cbor" | "query"} */ (protocol)] }),
  });
  return {
    async call() {
      const command = new Command(sends ? { ...input, Body: Readable.from(chunksOf(sends)) } : input);
      const output = await client.send(command);
      if (reads) await readChunks(output.Body);
    },
    close: async () => client.destroy(),
  };
}
