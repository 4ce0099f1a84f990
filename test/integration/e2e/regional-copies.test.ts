import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { verifyRequest } from "#runtime/signing/verify.js";
import { generateClient } from "../../support/generate-client.js";
import { keepRequests } from "../../support/kept-requests.js";
import { root } from "../../support/shared.js";

const folder = join(root, "test/fixtures/regional-copies");
const clients = {
  rds: await generateClient(join(folder, "rds.json")),
  ec2: await generateClient(join(folder, "ec2.json")),
};
const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret", sessionToken: "token+/=" };

/** What the request of a call in eu-west-1 carries, and the URL in it. */
async function copy(service: "rds" | "ec2", operation: string, input: object) {
  const { module } = clients[service];
  const { transport, sent } = keepRequests(`<${operation}Response/>`);
  const Client = module[`${service.toUpperCase()}Client`] as new (options: object) => object;
  const call = module[operation.charAt(0).toLowerCase() + operation.slice(1)] as (
    client: object,
    input: object,
  ) => Promise<object>;
  await call(new Client({ region: "eu-west-1", credentials, transport }), input);
  const form = new URLSearchParams(String(sent[0]?.body));
  const url = form.get("PreSignedUrl") ?? form.get("PresignedUrl");
  return { form, url: url === null ? undefined : new URL(url) };
}

/** Whether the URL is one that its Region's service accepts. */
function verdict(url: URL | undefined, service: string, region: string): unknown {
  if (!url) return undefined;
  return verifyRequest(
    { method: "GET", path: url.pathname, query: url.search.slice(1), headers: { host: url.host }, body: undefined },
    { lookup: () => credentials, service, region },
  );
}

const arn = "arn:aws:rds:us-west-2:123456789012:snapshot:mine";

describe("a copy from another Region", () => {
  it("brings the URL of the same request in the source's Region, for an hour", async () => {
    const input = { SourceDBSnapshotIdentifier: arn, TargetDBSnapshotIdentifier: "copy & more", KmsKeyId: "key" };
    const { form, url } = await copy("rds", "CopyDBSnapshot", input);
    expect(url?.origin).toBe("https://rds.us-west-2.amazonaws.com");
    expect(Object.fromEntries(url?.searchParams ?? [])).toMatchObject({
      ...input,
      Action: "CopyDBSnapshot",
      Version: "2014-10-31",
      DestinationRegion: "eu-west-1",
      "X-Amz-Expires": "3600",
    });
    expect(url?.searchParams.has("PreSignedUrl")).toBe(false);
    expect(verdict(url, "rds", "us-west-2")).toMatchObject({ ok: true });
    expect([...form.keys()].toSorted()).toEqual(
      ["Action", "PreSignedUrl", "Version", ...Object.keys(input)].toSorted(),
    );
    expect(form.get("SourceDBSnapshotIdentifier")).toBe(arn);
  });

  it("names both Regions where the operation has members for them", async () => {
    const input = { SourceRegion: "us-west-2", SourceSnapshotId: "snap-1" };
    const { form, url } = await copy("ec2", "CopySnapshot", input);
    expect(url?.origin).toBe("https://ec2.us-west-2.amazonaws.com");
    expect(url?.searchParams.getAll("DestinationRegion")).toEqual(["eu-west-1"]);
    expect(form.get("DestinationRegion")).toBe("eu-west-1");
    expect(verdict(url, "ec2", "us-west-2")).toMatchObject({ ok: true });
  });

  it.each([
    ["within the Region", arn.replace("us-west-2", "eu-west-1")],
    ["of a name", "mine"],
    ["of an ARN whose Region is no host", arn.replace("us-west-2", "evil.example/?")],
    ["of an ARN without a Region", arn.replace("us-west-2", "")],
  ])("%s brings none", async (_what, SourceDBSnapshotIdentifier) => {
    expect((await copy("rds", "CopyDBSnapshot", { SourceDBSnapshotIdentifier })).url).toBeUndefined();
  });

  it("keeps a URL that the caller gives, and the caller's input as it is", async () => {
    const input = Object.freeze({ SourceDBSnapshotIdentifier: arn, PreSignedUrl: "https://given.example/" });
    expect((await copy("rds", "CopyDBSnapshot", input)).url?.href).toBe("https://given.example/");
    const other = Object.freeze({ SourceDBSnapshotIdentifier: arn });
    await copy("rds", "CopyDBSnapshot", other);
    expect(other).not.toHaveProperty("PreSignedUrl");
  });

  it("is no other operation's business", async () => {
    expect((await copy("rds", "DeleteDBSnapshot", { DBSnapshotIdentifier: arn })).url).toBeUndefined();
  });
});
