import { expect, it, vi } from "vitest";
import { verifiedRequests, verifying } from "./support/verified.js";

type Local = typeof import("../../../examples/cloudtrail-local/index.js");

vi.mock("../../../examples/cloudtrail-local/index.js", async (original): Promise<Local> => {
  const local = await original<Local>();
  return {
    ...local,
    startLocalCloudTrail: (options) => local.startLocalCloudTrail({ ...options, onRequest: verifying() }),
  };
});

let requests = 0;

it("the tour shows what it promises", async () => {
  const lines: string[] = [];
  const log = vi.spyOn(console, "log").mockImplementation((line: string) => void lines.push(line));
  try {
    await import("../../../examples/tour.js");
  } finally {
    log.mockRestore();
  }
  const text = lines.join("\n");
  expect(lines.filter((line) => line.startsWith("\n== ")).length).toBe(8);
  expect(text).toContain("created arn:aws:cloudtrail:us-east-1:123456789012:trail/audit");
  expect(text).toContain("team = security");
  expect(text).toContain("TagsList[0].Key is required");
  expect(text).toContain("did you mean S3BucketName?");
  expect(text).toContain("TrailNotFoundException (status 404)");
  requests = Number(/(\d+) requests,/.exec(text)?.[1]);
  expect(text).toMatch(/LookupEvents 3.*\n(\d+) requests, \1 of them with a valid signature$/);
});

it("every request of the tour was confirmed by the official signer", () => {
  expect(verifiedRequests()).toBe(requests);
});
