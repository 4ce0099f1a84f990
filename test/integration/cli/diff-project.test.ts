import fs from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "../../support/shared.js";
import { Draft, enumOf, id, type Shapes, target } from "../../unit/generator/diff/support/lake.js";
import { workplace } from "./support/harness.js";

const program = `import { LakeClient, putBoat, listBoats as list, Kind, type Owner, NoSuchBoat } from "@clientsmith/lake";
import { paginateListBoats } from "@clientsmith/lake/listBoats";
import { getBoat } from "@clientsmith/lake/getBoat";

const client = new LakeClient({ region: "us-east-1" });
const Length = 3;
const owner: Owner = { Name: "jo" };
await putBoat(client, { Name: "ann", Crew: 2, Boat: { Name: "b", Length, Kind: Kind.MOTOR, Owner: owner } });
const { Boats: boats = [] } = await list(client);
for await (const boat of paginateListBoats(client).items()) console.log(boat.Length, boat.Owner?.Phone);
try {
  const { Boat, Left } = await getBoat(client, { Name: boats[0]?.Name ?? "" });
  const { Length: long } = Boat ?? {};
  const left: number = Left;
  console.log(long, left);
} catch (error) {
  if (error instanceof NoSuchBoat) console.log(error.Name);
}
`;

/** A program beside the lake's old and new model. */
function project(edit: (draft: Draft) => void) {
  const place = workplace();
  const [old, now] = [new Draft(), new Draft()];
  edit(now);
  place.put("old.json", old.text());
  place.put("new.json", now.text());
  place.put("tsconfig.json", {
    compilerOptions: {
      strict: true,
      module: "nodenext",
      target: "es2022",
      lib: ["es2023", "dom"],
      types: [],
      skipLibCheck: true,
      exactOptionalPropertyTypes: true,
    },
    include: ["src"],
  });
  place.put("package.json", { type: "module" });
  fs.mkdirSync(join(place.folder, "src"));
  place.put("src/main.mts", program);
  fs.mkdirSync(join(place.folder, "node_modules/@clientsmith"), { recursive: true });
  fs.symlinkSync(join(root, "runtime"), join(place.folder, "node_modules/@clientsmith/runtime"));
  const text = (): string => fs.readFileSync(join(place.folder, "src/main.mts"), "utf8");
  return { ...place, text };
}

function renamed(shapes: Shapes, from: string, to: string): void {
  const text = JSON.stringify(shapes).replaceAll(`"${id(from)}"`, `"${id(to)}"`);
  for (const name of Object.keys(shapes)) delete shapes[name];
  Object.assign(shapes, JSON.parse(text) as Shapes);
}

describe("diff --project", () => {
  it("lists the lines that would not compile, each with the change that caused it", async () => {
    const { run } = project((lake) => {
      delete lake.members("PutBoatRequest")["Crew"];
      delete lake.traits("GetBoatResponse$Left")["smithy.api#required"];
      lake.shapes[id("Kind")] = enumOf({ SAIL: "sail" });
      lake.shape("GetBoat")["errors"] = [target("Busy")];
    });
    const { code, stdout, stderr } = await run("diff", "old.json", "new.json", "--project", "tsconfig.json");
    expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
    const reported = stdout.slice(stdout.indexOf("tsconfig.json:")).split("\n");
    const lines = reported.filter((line) => line.includes("main.mts:")).map((line) => line.trim().split(/\s+/)[0]);
    expect(reported[0]).toBe("tsconfig.json: 5 lines would not compile");
    expect(lines).toEqual([
      "src/main.mts:1:68",
      "src/main.mts:8:38",
      "src/main.mts:8:85",
      "src/main.mts:14:9",
      "src/main.mts:17:48",
    ]);
    const causes = reported.filter((line) => /^ {4}[a-z-]+:\w/.test(line)).map((line) => line.trim().split(": ")[0]);
    expect(causes).toEqual([
      "error-removed:NoSuchBoat",
      "member-removed:PutBoatRequest.Crew",
      "enum-constant-removed:Kind.MOTOR",
      "member-may-be-missing:GetBoatResponse.Left",
      "error-removed:NoSuchBoat",
    ]);
  });

  it("states that nothing breaks", async () => {
    const { run } = project((lake) => void delete lake.members("Extra")["Colour"]);
    const { code, stdout } = await run("diff", "old.json", "new.json", "--project", "tsconfig.json");
    expect(code).toBe(0);
    expect(stdout).toContain("tsconfig.json: nothing breaks");
  });

  it("renames with --fix, after showing the edits, so that the program compiles", async () => {
    const { run, text, put, folder } = project((lake) => {
      lake.shape("Boat")["members"] = Object.fromEntries(
        Object.entries(lake.members("Boat")).map(([name, member]) => [name === "Length" ? "length" : name, member]),
      );
      lake.shapes[id("Kind")] = enumOf({ SAIL: "sail", ENGINE: "motor" });
      renamed(lake.shapes, "Owner", "Person");
      renamed(lake.shapes, "PutBoat", "StoreBoat");
      renamed(lake.shapes, "GetBoat", "FindBoat");
    });
    const ran = await run("diff", "old.json", "new.json", "--project", "tsconfig.json", "--fix");
    expect(ran.stderr).toBe("");
    expect(ran.stdout).toContain("--- a/src/main.mts");
    expect(ran.stdout).toContain("1 file changed");
    const changed = program.split("\n").flatMap((line, index) => {
      const now = text().split("\n")[index] ?? "";
      return now === line ? [] : [now];
    });
    expect(changed).toEqual([
      `import { LakeClient, storeBoat, listBoats as list, Kind, type Person, NoSuchBoat } from "@clientsmith/lake";`,
      `import { findBoat } from "@clientsmith/lake/findBoat";`,
      `const owner: Person = { Name: "jo" };`,
      `await storeBoat(client, { Name: "ann", Crew: 2, Boat: { Name: "b", length: Length, Kind: Kind.ENGINE, Owner: owner } });`,
      `for await (const boat of paginateListBoats(client).items()) console.log(boat.length, boat.Owner?.Phone);`,
      `  const { Boat, Left } = await findBoat(client, { Name: boats[0]?.Name ?? "" });`,
      `  const { length: long } = Boat ?? {};`,
    ]);
    put("old.json", fs.readFileSync(join(folder, "new.json"), "utf8"));
    const again = await run("diff", "old.json", "new.json", "--project", "tsconfig.json");
    expect(again.stdout).toContain("nothing breaks");
  });

  it.each([
    [["--fix"], 2, "--fix requires --project, the program to change."],
    [["--project", "none.json"], 1, "none.json: "],
  ])("%j reports what is wrong", async (argv, code, message) => {
    const ran = await project(() => undefined).run("diff", "old.json", "new.json", ...argv);
    expect(ran.code).toBe(code);
    expect(ran.stderr).toContain(message);
  });

  it("names the custom code of a generated package that a new model breaks", async () => {
    const place = workplace();
    const [old, now] = [new Draft(), new Draft()];
    delete now.members("PutBoatRequest")["Crew"];
    now.shapes[id("Kind")] = enumOf({ SAIL: "sail" });
    place.put("old.json", old.text());
    place.put("new.json", now.text());
    expect((await place.run("generate", "old.json", "--out", "lake")).code).toBe(0);
    const custom = `import { putBoat } from "../operations/putBoat.js";
import type { LakeClient } from "@clientsmith/lake/client";
import { Kind } from "../index.js";

export const putMotorBoat = (client: LakeClient) => putBoat(client, { Name: "ann", Crew: 2, Boat: { Name: "b", Length: 3, Kind: Kind.MOTOR } });
`;
    fs.mkdirSync(join(place.folder, "lake/src/custom"));
    place.put("lake/src/custom/putMotorBoat.ts", custom);
    fs.mkdirSync(join(place.folder, "node_modules/@clientsmith"), { recursive: true });
    fs.symlinkSync(join(root, "runtime"), join(place.folder, "node_modules/@clientsmith/runtime"));
    const check = async (model: string): Promise<string> => {
      const { stdout } = await place.run("diff", "old.json", model, "--project", "lake/tsconfig.json");
      return stdout.slice(stdout.indexOf("lake/tsconfig.json:"));
    };
    expect(await check("old.json")).toContain("nothing breaks");
    const broken = await check("new.json");
    expect(broken.split("\n")[0]).toBe("lake/tsconfig.json: 2 lines would not compile");
    expect(broken).toMatch(/putMotorBoat\.ts:5:\d+ [^]*member-removed:PutBoatRequest\.Crew/);
    expect(broken).toMatch(/putMotorBoat\.ts:5:\d+ [^]*enum-constant-removed:Kind\.MOTOR/);
    // Generating leaves the file as it is, and the package exports it.
    expect((await place.run("generate", "new.json", "--out", "lake")).code).toBe(0);
    expect(fs.readFileSync(join(place.folder, "lake/src/custom/putMotorBoat.ts"), "utf8")).toBe(custom);
    const manifest = JSON.parse(fs.readFileSync(join(place.folder, "lake/package.json"), "utf8")) as object;
    expect(manifest).toHaveProperty(["exports", "./custom/*", "default"], "./dist/custom/*.js");
  });
});
