import { afterEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { keys } from "./table/recovering.js";
import { closedPort } from "./server.js";

/** What is loaded when the first thing goes wrong; it may fail too, by the same cause (no more files may be opened). */
const late = ["transport/failure", "retries", "explain"].map((name) => `#runtime/${name}.js`);

afterEach(() => {
  for (const path of late) vi.doUnmock(path);
  vi.resetModules();
});

async function failedCall(): Promise<unknown> {
  vi.resetModules();
  const { CloudTrailClient, listTrails } = await import("@clientsmith/cloudtrail");
  const endpoint = `http://127.0.0.1:${await closedPort()}`;
  const client = new CloudTrailClient({ endpoint, region: "us-east-1", credentials: keys, maxAttempts: 1 });
  onTestFinished(() => client.close());
  return listTrails(client).then(
    () => expect.fail("should have failed"),
    (error: unknown) => error,
  );
}

describe("what cannot be loaded does not hide what went wrong", () => {
  it.each(late)("%s", async (path) => {
    vi.doMock(path, () => {
      throw new Error("EMFILE: too many open files");
    });
    const error = (await failedCall()) as Error;
    expect(error.message).toContain("ECONNREFUSED");
    expect(error.cause).toMatchObject({ code: "ECONNREFUSED" });
  });
});
