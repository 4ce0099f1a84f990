import { readFileSync } from "node:fs";
import { join } from "node:path";
import { formatDiagnostic, generate, readModel } from "clientsmith";
import { beforeAll, describe, expect, it } from "vitest";
import { root } from "../../support/shared.js";

const file = join(root, "test/fixtures/golden/bookshelf/model.json");
const namespace = "com.example.bookshelf";

interface Shape {
  type: string;
  members?: Record<string, { target: string; traits?: object }>;
  operations?: { target: string }[];
  input?: { target: string };
  output?: { target: string };
  traits?: Record<string, unknown>;
}
type Shapes = Record<string, Shape>;

const local = (name: string): string => `${namespace}#${name}`;

async function generated(change: (shapes: Shapes) => void): Promise<ReadonlyMap<string, string>> {
  const json = JSON.parse(readFileSync(file, "utf8")) as { shapes: Shapes };
  change(json.shapes);
  const { model, diagnostics } = readModel({ file, text: JSON.stringify(json) });
  if (!model) throw new Error(diagnostics.map(formatDiagnostic).join("\n"));
  const { files } = await generate(model);
  if (!files) throw new Error("nothing was generated");
  return files;
}

let before: ReadonlyMap<string, string>;
beforeAll(async () => {
  before = await generated(() => {});
});

/** Paths of the files that a change of the model changes, adds or removes. */
async function touched(change: (shapes: Shapes) => void): Promise<string[]> {
  const after = await generated(change);
  const paths = new Set([...before.keys(), ...after.keys()]);
  return [...paths].filter((path) => before.get(path) !== after.get(path)).toSorted();
}

describe("a change of the model touches only what it concerns", () => {
  it("nothing", async () => {
    expect(await touched(() => {})).toEqual([]);
  });

  it("shapes in another order", async () => {
    expect(
      await touched((shapes) => {
        const reversed = Object.entries(shapes).toReversed();
        for (const name of Object.keys(shapes)) delete shapes[name];
        Object.assign(shapes, Object.fromEntries(reversed));
      }),
    ).toEqual([]);
  });

  it("a member more", async () => {
    expect(
      await touched((shapes) => {
        const input = shapes[local("ListBooksRequest")]?.members;
        if (input) input["Author"] = { target: "smithy.api#String" };
      }),
    ).toEqual(["src/operations/listBooks.ts"]);
  });

  it("a member of a shared shape more", async () => {
    expect(
      await touched((shapes) => {
        const book = shapes[local("Book")]?.members;
        if (book) book["Pages"] = { target: "smithy.api#Integer" };
      }),
    ).toEqual(["src/shapes/Book.ts"]);
  });

  it("an operation more, with a shape of its own", async () => {
    expect(
      await touched((shapes) => {
        shapes[local("DropBook")] = {
          type: "operation",
          input: { target: local("DropBookRequest") },
          output: { target: "smithy.api#Unit" },
        };
        shapes[local("DropBookRequest")] = { type: "structure", members: { Isbn: { target: local("Isbn") } } };
        shapes[local("BookshelfService")]?.operations?.push({ target: local("DropBook") });
      }),
    ).toEqual([
      "README.md",
      "src/Bookshelf.ts",
      "src/classic.ts",
      "src/index.ts",
      "src/model.ts",
      "src/operations/dropBook.ts",
    ]);
  });

  it("an operation more that uses a shared shape", async () => {
    expect(
      await touched((shapes) => {
        shapes[local("TakeBook")] = {
          type: "operation",
          input: { target: "smithy.api#Unit" },
          output: { target: local("TakeBookResponse") },
        };
        shapes[local("TakeBookResponse")] = { type: "structure", members: { Book: { target: local("Book") } } };
        shapes[local("BookshelfService")]?.operations?.push({ target: local("TakeBook") });
      }),
    ).toEqual([
      "README.md",
      "src/Bookshelf.ts",
      "src/classic.ts",
      "src/index.ts",
      "src/model.ts",
      "src/operations/takeBook.ts",
    ]);
  });

  it("an operation less", async () => {
    expect(
      await touched((shapes) => {
        const service = shapes[local("BookshelfService")];
        if (service?.operations)
          service.operations = service.operations.filter(({ target }) => target !== local("Ping"));
        delete shapes[local("Ping")];
      }),
    ).toEqual([
      "README.md",
      "src/Bookshelf.ts",
      "src/classic.ts",
      "src/index.ts",
      "src/model.ts",
      "src/operations/ping.ts",
    ]);
  });

  it("an enum value more", async () => {
    expect(
      await touched((shapes) => {
        const genre = shapes[local("Genre")]?.members;
        if (genre) genre["ESSAY"] = { target: "smithy.api#Unit", traits: { "smithy.api#enumValue": "essay" } };
      }),
    ).toEqual(["src/shapes/Book.ts"]);
  });
});
