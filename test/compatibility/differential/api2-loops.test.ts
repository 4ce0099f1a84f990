import { Service } from "@clientsmith/runtime/classic";
import { serviceModel } from "clientsmith";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ScriptedResponse, startServer, type ScriptedServer } from "../contract/server.js";
import { peer, peersInstalled } from "../../support/peers.js";
import { shippedDescription } from "./support/api2.js";

const isInstalled = await peersInstalled();

type Callback = (error: { readonly code: string } | null, data: object | null) => void;
interface Client {
  waitFor(state: string, params: object, callback: Callback): unknown;
  makeRequest(operation: string, params: object): { eachPage(callback: Callback): void };
}
type ClientClass = new (options: object) => Client;

const xml = (status: number, body = ""): ScriptedResponse => ({
  status,
  body,
  headers: { "content-type": "text/xml" },
});
const instanceProfile = xml(
  200,
  "<GetInstanceProfileResponse><GetInstanceProfileResult><InstanceProfile><Path>/</Path></InstanceProfile></GetInstanceProfileResult></GetInstanceProfileResponse>",
);
const missing = xml(404, "<Error><Code>NoSuchThing</Code></Error>");

/** The order of a query says nothing. */
const sorted = (url: string): string => {
  const [path = "", query] = url.split("?");
  return query === undefined ? path : `${path}?${query.split("&").toSorted().join("&")}`;
};

describe.skipIf(!isInstalled)("paginators and waiters of api-2, beside AWS SDK v2", () => {
  let server: ScriptedServer;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server.close());

  /** Does the same with both; what comes of it, and the requests that were made. */
  const bothDo = async (
    name: string,
    className: string,
    responses: readonly ScriptedResponse[],
    run: (client: Client) => Promise<unknown>,
  ) => {
    const Ours = Service.defineService(await serviceModel(shippedDescription(name))) as unknown as ClientClass;
    const Theirs = (await peer("aws-sdk"))[className] as ClientClass;
    const results = [];
    for (const Class of [Ours, Theirs]) {
      server.script(responses);
      const client = new Class({
        endpoint: server.url,
        region: "us-east-1",
        accessKeyId: "AKIDEXAMPLE",
        secretAccessKey: "secret",
        maxRetries: 0,
        s3ForcePathStyle: true,
      });
      const outcome = await run(client);
      results.push({ outcome, requests: server.received.map(({ method, url }) => `${method} ${sorted(url)}`) });
    }
    return results;
  };

  it.each<[string, string, string, object, readonly ScriptedResponse[], number]>([
    ["s3-2006-03-01", "S3", "bucketNotExists", { Bucket: "b" }, [xml(200), missing], 2],
    ["s3-2006-03-01", "S3", "bucketExists", { Bucket: "b" }, [missing, xml(403)], 2],
    ["s3-2006-03-01", "S3", "objectExists", { Bucket: "b", Key: "k" }, [missing, missing, xml(200)], 3],
    ["iam-2010-05-08", "IAM", "instanceProfileExists", { InstanceProfileName: "p" }, [missing, instanceProfile], 2],
    ["opsworks-2013-02-18", "OpsWorks", "appExists", {}, [{ status: 400, body: { __type: "Bad" } }], 1],
  ])("%s: %s.waitFor(%s)", async (name, className, state, params, givenResponses, requests) => {
    const [ours, theirs] = await bothDo(
      name,
      className,
      givenResponses,
      (client) =>
        new Promise((resolve) => {
          client.waitFor(state, { ...params, $waiter: { delay: 0.001 } }, (error, data) =>
            resolve({ code: error?.code, hasData: data !== null }),
          );
        }),
    );
    expect(ours).toEqual(theirs);
    expect(ours?.requests).toHaveLength(requests);
  });

  const versions = (more: boolean, key: string): ScriptedResponse =>
    xml(
      200,
      `<ListVersionsResult><IsTruncated>${more}</IsTruncated><NextKeyMarker>${key}</NextKeyMarker>` +
        `<NextVersionIdMarker>v-${key}</NextVersionIdMarker><Version><Key>${key}</Key></Version></ListVersionsResult>`,
    );

  it("goes from page to page by several tokens while there are more results", async () => {
    const [ours, theirs] = await bothDo(
      "s3-2006-03-01",
      "S3",
      [versions(true, "a"), versions(true, "b"), versions(false, "c")],
      (client) =>
        new Promise((resolve) => {
          const pages: unknown[] = [];
          client.makeRequest("listObjectVersions", { Bucket: "b" }).eachPage((error, data) => {
            pages.push(error?.code ?? data);
            if (error ?? !data) resolve(pages);
          });
        }),
    );
    expect(ours).toEqual(theirs);
    expect(ours?.requests).toEqual([
      "GET /b?versions",
      "GET /b?key-marker=a&version-id-marker=v-a&versions",
      "GET /b?key-marker=b&version-id-marker=v-b&versions",
    ]);
  });
});
