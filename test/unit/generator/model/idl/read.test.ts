import { describe, expect, it } from "vitest";
import { readModel } from "#generator/model/index.js";
import { idl, membersOf, problemsOf, readGood, service } from "./support.js";

describe("Smithy IDL", () => {
  it("names shapes of other files before they are defined, with and without use", () => {
    const model = readGood(
      "use b#Other\nstructure X { mine: Mine, other: Other, third: b#Third }\n",
      idl("list Mine { member: String }\n", "mine.smithy"),
      { file: "b.smithy", text: '$version: "2"\nnamespace b\nstring Other\nstring Third\n' },
    );
    const members = membersOf(model.shapes.get("a#X"));
    expect([...members].map(([name, { target }]) => [name, target])).toEqual([
      ["mine", "a#Mine"],
      ["other", "b#Other"],
      ["third", "b#Third"],
    ]);
  });

  it("elides targets of mixins and resources that are in JSON", () => {
    const json = {
      smithy: "2.0",
      shapes: {
        "a#R": { type: "resource", identifiers: { id: { target: "smithy.api#String" } } },
        "a#M": {
          type: "structure",
          members: { m: { target: "smithy.api#Long" } },
          traits: { "smithy.api#mixin": {} },
        },
      },
    };
    const model = readGood("structure X for R with [M] {\n  @required\n  $id\n  @required\n  $m\n}\n", {
      file: "b.json",
      text: JSON.stringify(json),
    });
    expect(model.shapes.get("a#X")).toMatchObject({
      members: new Map([
        ["m", { id: "a#X$m", name: "m", target: "smithy.api#Long", traits: { "smithy.api#required": {} } }],
        ["id", { id: "a#X$id", name: "id", target: "smithy.api#String", traits: { "smithy.api#required": {} } }],
      ]),
    });
  });

  it("fills in the value of a trait without one, by its definition", () => {
    const model = readGood(
      "@trait list l { member: String }\n@trait map m { key: String, value: String }\n@l @m @tags\nstring X\n",
    );
    expect(model.shapes.get("a#X")?.traits).toEqual({ "a#l": [], "a#m": {}, "smithy.api#tags": [] });
  });

  it("takes a shape for a trait only where it is one, if Smithy has a trait of that name", () => {
    const model = readGood("structure required {}\nstructure X {\n  @required\n  r: required\n}\n");
    expect(model.shapes.get("a#X")).toMatchObject({
      members: new Map([
        ["r", expect.objectContaining({ target: "a#required", traits: { "smithy.api#required": {} } })],
      ]),
    });
  });

  it("joins the lists that are applied to a shape, wherever they are", () => {
    const tags = '@tags(["b"])';
    const model = readGood(
      `@tags(["a"])\nstring X\napply X ${tags}\n`,
      idl('apply X {\n  @tags(["c"])\n  @internal\n}\n', "b.smithy"),
    );
    expect(model.shapes.get("a#X")?.traits).toEqual({ "smithy.api#tags": ["a", "b", "c"], "smithy.api#internal": {} });
  });

  it("keeps the digits of default values", () => {
    const model = readGood(
      "structure X {\n  a: Long = 9007199254740993\n  b: BigDecimal = 1.10\n  @default(123456789012345678901)\n  c: BigInteger\n}\n",
    );
    const members = membersOf(model.shapes.get("a#X"));
    expect([...members.values()].map(({ traits }) => traits["smithy.api#default"])).toEqual([
      9007199254740993n,
      "1.10",
      "123456789012345678901",
    ]);
  });

  it("upgrades shapes of version 1.0 beside others of 2.0", () => {
    const old = {
      file: "old.smithy",
      text: "namespace b\nstructure Old { n: PrimitiveInteger }\nset Set { member: String }\n",
    };
    const { shapes } = readGood("structure New { n: PrimitiveInteger }\n", old);
    const defaultOf = (id: string): unknown => membersOf(shapes.get(id)).get("n")?.traits;
    expect([defaultOf("b#Old"), defaultOf("a#New")]).toEqual([{ "smithy.api#default": 0 }, {}]);
    expect(shapes.get("b#Set")).toMatchObject({ type: "list", traits: { "smithy.api#uniqueItems": {} } });
  });

  it("joins metadata of several files where it is lists, and takes the same shape twice", () => {
    const model = readModel([
      { file: "1.smithy", text: '$version: "2"\nmetadata m = ["a"]\nmetadata same = 1\nnamespace b\nstring X\n' },
      {
        file: "2.json",
        text: JSON.stringify({ smithy: "2.0", metadata: { m: ["b"], same: 1 }, shapes: { "b#X": { type: "string" } } }),
      },
      service,
    ]).model;
    expect(model?.metadata).toEqual({ m: ["a", "b"], same: 1 });
    expect(model?.shapes.get("b#X")?.type).toBe("string");
  });

  it("reads line ends of two characters, tabs and a byte order mark like others", () => {
    const text =
      '$version: "2.0"\nnamespace a\n/// One\n/// two\nstructure X {\n\ta: String = """\n\t\tx\n\t\ty"""\n}\n';
    const read = (changed: string) =>
      readModel([{ file: "x.smithy", text: changed }, service]).model?.shapes.get("a#X");
    expect(read(text)?.traits).toEqual({ "smithy.api#documentation": "One\ntwo" });
    expect(read(`\uFEFF${text.replaceAll("\n", "\r\n")}`)).toEqual(read(text));
  });

  it("takes commas for white space, also at the end of a statement", () => {
    const text = `$version: "2.0", ,\nmetadata m = [1,,2,,],\nnamespace a, // comment\nuse smithy.api#String,
service S {,version:,"1",,operations:[,Op,],},\noperation Op {,input,:=,{,a:,String = "x",\n,},},,\napply Op @tags(["t",]),\n`;
    const { model, diagnostics } = readModel({ file: "main.smithy", text });
    expect(diagnostics).toEqual([]);
    expect(model?.metadata).toEqual({ m: [1, 2] });
    expect(membersOf(model?.shapes.get("a#OpInput")).get("a")?.traits).toEqual({ "smithy.api#default": "x" });
    expect(model?.shapes.get("a#Op")?.traits).toEqual({ "smithy.api#tags": ["t"] });
  });

  it("takes names that JavaScript's objects have for names like others", () => {
    const model = readGood(
      "structure X { __proto__: String, constructor: String }\noperation toString {}\n@trait document d\n@d(__proto__: 1)\nstring Y\n",
    );
    const shape = membersOf(model.shapes.get("a#X"));
    expect([...shape.keys()]).toEqual(["__proto__", "constructor"]);
    expect(({} as Record<string, unknown>)["target"]).toBeUndefined();
  });
});

describe("problems of Smithy IDL", () => {
  it("are all reported at once, each at its location", () => {
    const body = [
      "structure First {",
      "    broken String",
      "    fine: Strin",
      "    @length(min: )",
      "    alsoBroken: String",
      "    $elided",
      "}",
      "",
      "structur Second {}",
      "",
      "/// Documentation",
      "@lenght(max: 3)",
      "string Third",
      "",
      "operation Fourth {",
      "    input: First",
      "    outptu: Second",
      "    errors: [Second",
      "}",
      "",
      "structure Fifth {",
      "    a: Gone",
      "    a: String",
      '    b: String = "\\x"',
      "    c: String",
      "",
      "list Sixth { member: Nowhere }",
      "",
    ].join("\n");
    expect(problemsOf(body)).toEqual([
      "2:12 invalid-syntax a#First",
      "3:11 dangling-target a#First$fine",
      "4:18 invalid-syntax a#First",
      "9:1 unknown-shape-type",
      "12:1 unresolved-trait a#Third",
      "17:5 unknown-property a#Fourth",
      "19:1 invalid-syntax a#Fourth",
      "23:5 duplicate-member a#Fifth",
      "24:17 invalid-syntax a#Fifth",
      "27:1 invalid-syntax",
      "27:22 dangling-target a#Sixth$member",
    ]);
  });

  it.each([
    ["a second definition", "string X\ninteger X\n", "2:9 duplicate-shape a#X"],
    ["a trait with two values", '@title("a")\n@title("b")\nstring X\n', "2:1 trait-conflict a#X"],
    ["what is applied twice", 'string X\napply X @title("a")\napply X @title("b")\n', "3:9 trait-conflict a#X"],
    ["traits of a shape that is not there", "apply Gone$m @required\n", "1:7 unknown-apply-target a#Gone$m"],
    ["an unknown name as a value", "@documentation(Gone)\nstring X\n", "1:16 unresolved-shape-id"],
    ["a key twice", "@length(min: 1, min: 2)\nstring X\n", "1:17 invalid-syntax"],
    ["a trait's value that is wrong", "@range(min: 1)\nstring X\n", "1:1 invalid-trait a#X"],
    ["a default of another type", 'structure X {\n    n: Integer = "1"\n}\n', "2:18 invalid-trait a#X$n"],
    ["a mixin of another type", "@mixin\nunion M {}\nstructure X with [M] {}\n", "3:19 not-a-mixin a#X"],
    ["an error that is none", "structure E {}\noperation O { errors: [E] }\n", "2:24 wrong-target a#O"],
    ["values that nest too deep", `@documentation(${"[".repeat(600)}\n`, "1:517 invalid-syntax"],
    ["a name that is used and defined", "use b#X\nstring X\n", "1:5 unknown-use b#X", "2:8 use-conflict a#X"],
  ])("%s", (_name, body, ...expected) => expect(problemsOf(body)).toEqual(expected));

  it("of a trait without its parenthesis leave the shape behind it readable", () => {
    expect(problemsOf("@length(min: 1\nstring X\n\nstructure Y { x: X }\n")).toEqual(["2:8 invalid-syntax"]);
  });

  it("of a string without end leave the statements behind it readable", () => {
    expect(problemsOf('@documentation("abc)\nstring X\n\nstructure Y { x: X, gone: Gone }\n')).toEqual([
      "4:27 dangling-target a#Y$gone",
      "5:1 invalid-syntax",
    ]);
  });

  it("of several files are in the order of the files", () => {
    const other = idl("string X\n\nstructure Y {\n  m: Gone\n}\n", "other.smithy");
    expect(problemsOf("integer X\n", other)).toEqual([
      "other.smithy:5:8 duplicate-shape a#X",
      "other.smithy:8:6 dangling-target a#Y$m",
    ]);
  });

  it("of a broken service do not add that there is none", () => {
    const { diagnostics } = readModel(idl("service S { version: }\n"));
    expect(diagnostics.map(({ code }) => code)).toEqual(["invalid-syntax"]);
  });

  it.each([
    ['$version: "2.0"\nservice S {}\n', "2:1 invalid-syntax"],
    ['$version: "2.0"\nnamespace a..b\nservice S {}\n', "2:13 invalid-syntax"],
    ['$version: "2.0" namespace a\nservice S {}\n', "1:17 invalid-syntax,2:1 invalid-syntax"],
  ])("of a namespace do not add that there is no service: %j", (text, problems) => {
    const { diagnostics } = readModel({ file: "main.smithy", text });
    expect(diagnostics.map(({ line, column, code }) => `${line}:${column} ${code}`).join()).toBe(problems);
  });

  it("of later phases get the place of their shape or member", () => {
    const { place } = readModel([idl("string X\n\nstructure Y {\n  m: X\n}\n"), service]);
    const at = (shapeId: string) => place([{ severity: "warning", code: "c", message: "m", shapeId }])[0];
    expect(at("a#Y$m")).toMatchObject({ file: "main.smithy", line: 8, column: 3 });
    expect(at("a#Op")).toMatchObject({ file: "service.smithy", line: 6, column: 11 });
    expect(at("a#Gone")).not.toHaveProperty("line");
  });

  it("an api-2 description is no part of a model", () => {
    const api = { file: "api-2.json", text: '{ "metadata": {}, "operations": {} }' };
    const [problem, ...others] = readModel([service, api]).diagnostics;
    expect(problem).toMatchObject({ file: "api-2.json", code: "not-smithy" });
    expect(problem?.message).toContain("read it without other files");
    expect(others).toEqual([]);
  });
});

describe("any text", () => {
  const sound = idl(
    '@mixin structure M { m: String }\n/// D\n@tags(["a", b#C])\nstructure X for R with [M] {\n  @length(min: 1)\n  a: String = """\n    x"""\n  $m\n}\nenum E { A = "a" }\noperation O { input := { x: X } }\napply X { @internal }\n',
  ).text;
  const pieces = [
    '"',
    '"""',
    "{",
    "}",
    "(",
    ")",
    "[",
    "]",
    "@",
    "$",
    "#",
    ":=",
    "=",
    ",",
    "\n",
    "\\",
    "///",
    "with",
    "apply ",
    "\u0000",
  ];

  it("returns a model or problems with their locations, never an exception", () => {
    let seed = 7;
    const random = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below;
    for (let run = 0; run < 500; run += 1) {
      const at = random(sound.length);
      const piece = pieces[random(pieces.length)] ?? "";
      const text = sound.slice(0, at) + (random(2) === 0 ? piece : "") + sound.slice(at + random(6));
      const { model, diagnostics } = readModel([{ file: "x.smithy", text }, service]);
      if (!model) expect(diagnostics.some(({ severity }) => severity === "error")).toBe(true);
      const lines = text.split("\n");
      for (const { file, line = 0, column = 0 } of diagnostics) {
        if (file !== "x.smithy") continue;
        expect(lines[line - 1]?.length).toBeGreaterThanOrEqual(column - 1);
      }
    }
  });
});
