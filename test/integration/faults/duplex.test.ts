import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { makeCertificate } from "../../support/certificate.js";
import { root } from "../../support/shared.js";
import { bundleRunner, type Run, runFaults } from "./child.js";
import { duplexFaults } from "./duplex-table.js";

const certificate = mkdtempSync(join(tmpdir(), "duplex-"));
let program: string;

beforeAll(async () => {
  program = await bundleRunner(root, "test/integration/faults/duplex-run.ts");
  const { key, cert } = makeCertificate();
  writeFileSync(join(certificate, "key.pem"), key);
  writeFileSync(join(certificate, "cert.pem"), cert);
  // Node reads it when the process of the faults starts.
  vi.stubEnv("NODE_EXTRA_CA_CERTS", join(certificate, "cert.pem"));
});

afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(dirname(program), { recursive: true, force: true });
  rmSync(certificate, { recursive: true, force: true });
});

describe.each([
  ["with TLS", certificate],
  ["without TLS", "h2c"],
])("events both ways by a client without options, %s", (_name, mode) => {
  let run: Run;

  beforeAll(async () => {
    const ids = duplexFaults.map(({ id }) => id);
    run = await runFaults(root, program, mode, ids);
  }, 90_000);

  it("leave no handle open: the process ends by itself, and without a complaint", () => {
    expect(run).toMatchObject({ exitCode: 0, complaints: "" });
    expect(run.outcomes).toHaveLength(duplexFaults.length);
    expect(run.lingered).toBeLessThan(2_000);
  });

  it.each(duplexFaults)("$id: $outcome", ({ id, outcome, requests }) => {
    expect(run.outcomes.find((each) => each.id === id)).toMatchObject({ outcome, requests });
  });
});
