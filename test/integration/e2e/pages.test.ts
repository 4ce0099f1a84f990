import { readFileSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { Service } from "@clientsmith/runtime/classic";
import { testCredentials } from "@clientsmith/runtime/testing";
import { serviceModel } from "clientsmith";
import { describe, expect, it, onTestFinished } from "vitest";
import type { Client } from "#runtime/client/client.js";
import type { Paginator } from "#runtime/operations/paginate.js";
import { generateClient } from "../../support/generate-client.js";
import { sharedPath } from "../../support/shared.js";
import { type ReceivedRequest, startHttpServer } from "../http/support/servers.js";

type Output = Readonly<Record<string, unknown>>;
type Paginate = (client: Client, input: object) => Paginator<Output, unknown>;

interface Case {
  readonly model: string;
  readonly operation: string;
  readonly input: Record<string, unknown>;
  /** The page of a request, after so many others. */
  readonly page: (index: number, request: ReceivedRequest) => string;
  /** What the pages hold, in order. */
  readonly contents: (output: Output) => unknown;
  readonly expected: readonly unknown[];
}

const parts = (index: number): string => {
  const marker = Math.min(index + 1, 3);
  return `<ListPartsResult><NextPartNumberMarker>${marker}</NextPartNumberMarker><IsTruncated>${index < 2}</IsTruncated>
    <Part><PartNumber>${index + 1}</PartNumber></Part></ListPartsResult>`;
};

const log = (index: number): string =>
  `<DownloadDBLogFilePortionResponse><DownloadDBLogFilePortionResult><LogFileData>${index}</LogFileData>
    <Marker>m${index}</Marker><AdditionalDataPending>${index < 2}</AdditionalDataPending>
    </DownloadDBLogFilePortionResult></DownloadDBLogFilePortionResponse>`;

/** What the services document of the last page, although it has a token, or an empty one. */
const cases: readonly Case[] = [
  {
    model: "cloudwatch-logs-2014-03-28",
    operation: "GetLogEvents",
    input: { logStreamName: "s", startFromHead: true },
    page: (index) =>
      JSON.stringify({
        events: [{ message: `e${index}` }],
        nextForwardToken: `f/${Math.min(index, 1)}`,
        nextBackwardToken: "b",
      }),
    contents: ({ events }) => (events as { message: string }[]).map(({ message }) => message),
    expected: [["e0"], ["e1"], ["e2"]],
  },
  {
    model: "s3-2006-03-01",
    operation: "ListParts",
    input: { Bucket: "bucket", Key: "key", UploadId: "u" },
    page: parts,
    contents: ({ Parts }) => (Parts as { PartNumber: number }[]).map(({ PartNumber }) => PartNumber),
    expected: [[1], [2], [3]],
  },
  {
    model: "rds-2014-10-31",
    operation: "DownloadDBLogFilePortion",
    input: { DBInstanceIdentifier: "i", LogFileName: "f" },
    page: log,
    contents: ({ LogFileData }) => LogFileData,
    expected: ["0", "1", "2"],
  },
  {
    model: "dynamodb-2012-08-10",
    operation: "Scan",
    input: { TableName: "t" },
    page: (index) =>
      JSON.stringify({
        Items: [{ id: { N: String(index) } }],
        LastEvaluatedKey: index < 2 ? { id: { N: `${index}` } } : {},
      }),
    contents: ({ Items }) => (Items as { id: { N: string } }[]).map(({ id }) => id.N),
    expected: [["0"], ["1"], ["2"]],
  },
];

/** A server that gives one page after another, and counts them. */
async function servePages({ page }: Case) {
  let count = 0;
  const server = await startHttpServer((request, response: ServerResponse) => {
    response.setHeader(
      "content-type",
      /json/.test(String(request.headers["content-type"])) ? "application/x-amz-json-1.1" : "text/xml",
    );
    response.end(page(count++, request));
  });
  const options = { region: "us-east-1", endpoint: server.origin, credentials: testCredentials };
  return { server, options };
}

describe.each(cases)("$operation of $model", (each) => {
  const file = sharedPath(`models/${each.model}.json`);
  const name = each.operation.replace(/^[A-Z]/, (letter) => letter.toLowerCase());

  it.skipIf(file === undefined)("ends where the service states, with functions", { timeout: 60_000 }, async () => {
    const { module } = await generateClient(file ?? "");
    const { server, options } = await servePages(each);
    const Made = Object.entries(module).find(([key]) => key.endsWith("Client"))?.[1] as new (given: object) => Client;
    const client = new Made({ ...options, ...(each.model.startsWith("s3") && { forcePathStyle: true }) });
    onTestFinished(() => client.close());
    const paginator = (module[`paginate${each.operation}`] as Paginate)(client, each.input);
    const found: unknown[] = [];
    for await (const output of paginator) found.push(each.contents(output));
    expect(found).toEqual(each.expected);
    expect(server.requests).toHaveLength(3);
    expect(paginator.nextToken).toBeUndefined();
  });

  it.skipIf(file === undefined)(
    "ends where the service states, with the classic object",
    { timeout: 60_000 },
    async () => {
      const Made = Service.defineService(await serviceModel(readFileSync(file ?? "", "utf8")));
      const { server, options } = await servePages(each);
      const service = new Made({ ...options, ...(each.model.startsWith("s3") && { s3ForcePathStyle: true }) });
      const found: unknown[] = [];
      await new Promise<void>((resolve, reject) => {
        service[name]?.(each.input).eachPage((error, data) => {
          if (error) return reject(error);
          if (data === null) return resolve();
          found.push(each.contents(data));
          return found.length < 9;
        });
      });
      expect(found).toEqual(each.expected);
      expect(server.requests).toHaveLength(3);
    },
  );
});
