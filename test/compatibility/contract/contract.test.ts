import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { peersInstalled } from "../../support/peers.js";
import { play, type Scenario } from "./scenario.js";
import { scenarios } from "./scenarios/index.js";
import { bothSdks, type Sdk } from "./sdk.js";
import { type ScriptedServer, startServer } from "./server.js";

const isInstalled = await peersInstalled();
if (!isInstalled) console.log("skipped: the contract with aws-sdk 2, which could not be installed");

describe.skipIf(!isInstalled)("the contract with aws-sdk 2", () => {
  let theirs: Sdk;
  let ours: Sdk;
  let server: ScriptedServer;

  beforeAll(async () => {
    [theirs, ours] = await bothSdks();
    server = await startServer();
  }, 120_000);

  afterAll(() => server.close());

  for (const [group, played] of Object.entries(scenarios)) {
    describe(group, () => {
      it.each(played.map((scenario) => ({ ...scenario, title: titleOf(scenario) })))("$title", async (scenario) => {
        const original = await play(scenario, theirs, server);
        const own = await play(scenario, ours, server);
        const { deviation } = scenario;
        if (!deviation) {
          expect(own).toEqual(original);
          return;
        }
        expect(original, "aws-sdk 2").toMatchObject(deviation.theirs as object);
        expect(own, "clientsmith").toMatchObject(deviation.ours as object);
        expect(own, "is no deviation any more").not.toEqual(original);
      });
    });
  }

  it("has at least 120 scenarios, each of a name of its own", () => {
    const all = Object.values(scenarios).flat();
    const deviations = all.filter(({ deviation }) => deviation);
    console.log(
      `contract with aws-sdk 2: ${all.length} scenarios, ${all.length - deviations.length} equal, ${deviations.length} deviations`,
    );
    expect(all.length).toBeGreaterThanOrEqual(120);
    expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
  });
});

function titleOf({ name, deviation }: Scenario): string {
  return deviation ? `${name} (otherwise: ${deviation.why})` : name;
}
