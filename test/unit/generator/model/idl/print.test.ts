import { describe, expect, it } from "vitest";
import { printIdl, printJson, readAst } from "#generator/model/idl/index.js";
import type { Source } from "#generator/model/index.js";

function astOf(source: Source) {
  const { ast, diagnostics } = readAst([source]);
  expect(diagnostics.filter(({ code }) => code !== "unknown-use")).toEqual([]);
  if (!ast) throw new Error("no model");
  return ast;
}

/** The IDL of a JSON AST, which must say the same when it is read. */
function printed(json: object): string {
  const ast = astOf({ file: "m.json", text: JSON.stringify(json) });
  const [text = ""] = printIdl(ast).values();
  const back = astOf({ file: "m.smithy", text });
  expect(back).toEqual(ast);
  expect([...printIdl(back).values()]).toEqual([text]);
  return text;
}

const target = (id: string): { target: string } => ({ target: id });
const string = target("smithy.api#String");
const documented = (text: string) => ({ "smithy.api#documentation": text });
const shapeOf = (traits: object) => ({ smithy: "2.0", shapes: { "a#X": { type: "string", traits } } });
/** What is printed of the traits of a string. */
const traitsOf = (traits: object): string =>
  printed(shapeOf(traits))
    .replace(/^[\s\S]*namespace a\n\n/, "")
    .replace(/string X\n$/, "");

describe("IDL that is printed", () => {
  it("has services first, documentation as comments, values by =, and members apart that have traits", () => {
    const text = printed({
      smithy: "2.0",
      metadata: { suppressions: [{ id: "A", namespace: "*" }] },
      shapes: {
        "a.b#Kind": {
          type: "enum",
          members: {
            ONE: { ...target("smithy.api#Unit"), traits: { "smithy.api#enumValue": "ONE" } },
            TWO: { ...target("smithy.api#Unit"), traits: { "smithy.api#enumValue": "two", ...documented("Two.") } },
          },
        },
        "a.b#Items": { type: "list", member: string },
        "a.b#In": {
          type: "structure",
          members: {
            kind: target("a.b#Kind"),
            size: { ...target("smithy.api#Integer"), traits: { "smithy.api#default": 5 } },
            name: { ...string, traits: { "smithy.api#required": {}, "smithy.api#length": { min: 1, max: 10 } } },
            items: target("a.b#Items"),
          },
          traits: { "smithy.api#input": {}, ...documented("First line.\n\n  Indented line.") },
        },
        "a.b#S": {
          type: "service",
          version: "1",
          operations: [target("a.b#Op")],
          traits: { "aws.protocols#restJson1": {}, "smithy.api#title": 'A "service"' },
        },
        "a.b#Op": { type: "operation", input: target("a.b#In"), output: target("smithy.api#Unit") },
      },
    });
    expect(text).toBe(`$version: "2.0"

metadata suppressions = [{ id: "A", namespace: "*" }]

namespace a.b

use aws.protocols#restJson1

@restJson1
@title("A \\"service\\"")
service S {
    version: "1"
    operations: [Op]
}

operation Op {
    input: In
    output: Unit
}

enum Kind {
    ONE

    /// Two.
    TWO = "two"
}

list Items {
    member: String
}

/// First line.
///
///   Indented line.
@input
structure In {
    kind: Kind
    size: Integer = 5

    @required
    @length(min: 1, max: 10)
    name: String

    items: Items
}
`);
  });

  it("breaks what does not fit in a line, one item a line", () => {
    const long = "x".repeat(60);
    expect(traitsOf({ "smithy.api#tags": [long, long] })).toBe(`@tags([\n    "${long}"\n    "${long}"\n])\n`);
    expect(traitsOf({ "a#t": { a: long, b: { c: long } } })).toBe(
      `@a#t(\n    a: "${long}"\n    b: { c: "${long}" }\n)\n`.replaceAll("@a#t", "@a#t"),
    );
  });

  it.each([
    ["an annotation", { "smithy.api#internal": {} }, "@internal\n"],
    ["an object that is no annotation", { "smithy.api#enumValue": {} }, "@enumValue({})\n"],
    ["a list that is empty", { "smithy.api#tags": [] }, "@tags([])\n"],
    ["null", { "smithy.api#enumValue": null }, "@enumValue(null)\n"],
    [
      "keys that are no names",
      { "smithy.api#externalDocumentation": { "a b": "c" } },
      '@externalDocumentation("a b": "c")\n',
    ],
    [
      "a text of several lines",
      { "smithy.api#title": 'a "b"\n\n  c\\d' },
      '@title("""\n    a "b"\n\n      c\\\\d""")\n',
    ],
    ["lines that end in blanks", { "smithy.api#title": "a \nb" }, '@title("a \\nb")\n'],
    ["lines that are all indented", { "smithy.api#title": " a\n b" }, '@title(" a\\n b")\n'],
    ["quotes at the end", { "smithy.api#title": 'a\n"""b"' }, '@title("""\n    a\n    \\"\\""b\\"""")\n'],
    ["control characters", documented("a\rb"), '@documentation("a\\rb")\n'],
    ["documentation without text", documented(""), "///\n"],
  ])("has %s", (_name, traits, expected) => expect(traitsOf(traits)).toBe(expected));

  it("uses what has a name of its own, and names the rest with its namespace", () => {
    const text = printed({
      smithy: "2.0",
      shapes: {
        "a#String": { type: "string", traits: { "b#t": {}, "c#t": {} } },
        "a#X": {
          type: "structure",
          members: { own: target("a#String"), other: string, far: target("b#Far"), clash: target("b#Integer") },
        },
      },
    });
    expect(text).toContain("use b#Far\nuse b#t\n\n@t\n@c#t\nstring String\n");
    expect(text).toContain("    own: String\n    other: smithy.api#String\n    far: Far\n    clash: b#Integer\n");
  });

  it("of version 1.0 is of version 1.0", () => {
    const json = {
      smithy: "1.0",
      shapes: { "a#S": { type: "set", member: { ...target("smithy.api#Integer"), traits: { "smithy.api#box": {} } } } },
    };
    expect(printed(json)).toBe('$version: "1.0"\n\nnamespace a\n\nset S {\n    @box\n    member: Integer\n}\n');
  });

  it("has mixins, what is applied to their members, and resources", () => {
    const text = printed({
      smithy: "2.0",
      shapes: {
        "a#M": { type: "structure", members: { m: string }, traits: { "smithy.api#mixin": {} } },
        "a#X": { type: "structure", members: {}, mixins: [target("a#M")] },
        "a#X$m": { type: "apply", traits: { "smithy.api#required": {} } },
        "a#R": {
          type: "resource",
          identifiers: { id: string },
          properties: { p: string },
          read: target("a#Get"),
          operations: [target("a#One"), target("a#Two"), target("a#Three"), target("a#Four")],
        },
      },
    });
    expect(text).toContain("structure X with [M] {}\n\napply X$m @required\n");
    expect(text).toContain(
      "resource R {\n    identifiers: {\n        id: String\n    }\n    properties: {\n        p: String\n    }\n    read: a#Get\n    operations: [\n        a#One\n",
    );
  });

  it("has inputs and outputs inline that are their operation's alone, by the suffixes that most of them have", () => {
    const structure = (side: string, traits: object = {}) => ({
      type: "structure",
      members: { m: string },
      traits: { ...traits, [`smithy.api#${side}`]: {} },
    });
    const text = printed({
      smithy: "2.0",
      shapes: {
        "a#Get": { type: "operation", input: target("a#GetRequest"), output: target("a#GetOutput") },
        "a#GetRequest": { ...structure("input"), mixins: [target("a#M")] },
        "a#GetOutput": structure("output", { "smithy.api#sensitive": {}, ...documented("Text.") }),
        "a#Put": { type: "operation", input: target("a#PutRequest"), output: target("a#PutResponse") },
        "a#PutRequest": structure("input"),
        "a#PutResponse": { type: "structure", members: {} },
        "a#Cut": { type: "operation", input: target("a#CutInput"), output: target("a#CutOutput") },
        "a#CutInput": structure("input"),
        "a#CutOutput": structure("output"),
        "a#Holder": { type: "structure", members: { held: target("a#CutOutput") } },
        "a#M": { type: "structure", members: {}, traits: { "smithy.api#mixin": {} } },
      },
    });
    expect(text.slice(0, text.indexOf("@input"))).toBe(`$version: "2.0"
$operationInputSuffix: "Request"

namespace a

operation Get {
    input := with [M] {
        m: String
    }
    output :=
        /// Text.
        @sensitive
        {
            m: String
        }
}

operation Put {
    input := {
        m: String
    }
    output: PutResponse
}

operation Cut {
    input: CutInput
    output: CutOutput
}

structure PutResponse {}

`);
  });

  it("is a text a namespace", () => {
    const json = {
      smithy: "2.0",
      metadata: { k: 1 },
      shapes: { "a#X": { type: "string" }, "b#Y": { type: "list", member: target("a#X") } },
    };
    const ast = astOf({ file: "m.json", text: JSON.stringify(json) });
    expect(Object.fromEntries(printIdl(ast))).toEqual({
      a: '$version: "2.0"\n\nmetadata k = 1\n\nnamespace a\n\nstring X\n',
      b: '$version: "2.0"\n\nnamespace b\n\nuse a#X\n\nlist Y {\n    member: X\n}\n',
    });
  });
});

describe("JSON AST that is printed", () => {
  it("keeps each digit of numbers, of JSON and of IDL", () => {
    const numbers = "[9007199254740993, 1e400, 1.2345678901234567890, -0.5, 1e-400]";
    const json = `{ "smithy": "2.0", "metadata": { "n": ${numbers} }, "shapes": {} }`;
    const ast = astOf({ file: "m.json", text: json });
    expect(printJson(ast).replace(/\s+/g, "")).toContain(`"n":${numbers.replaceAll(" ", "")}`);
    const [idl = ""] = printIdl(ast).values();
    expect(printJson(astOf({ file: "m.smithy", text: idl }))).toBe(printJson(ast));
  });

  it("has what is applied with the shape or member, but for members of mixins", () => {
    const { shapes } = astOf({
      file: "m.smithy",
      text: '$version: "2"\nnamespace a\n@mixin structure M { m: String }\nstructure X with [M] { x: String }\napply X$m @required\napply X$x @required\napply X @internal\napply X$m @title("t")\napply b#Y @internal\n',
    });
    expect(shapes["a#X"]).toMatchObject({
      members: { x: { traits: { "smithy.api#required": {} } } },
      traits: { "smithy.api#internal": {} },
    });
    expect(shapes["a#X$m"]).toEqual({ type: "apply", traits: { "smithy.api#required": {}, "smithy.api#title": "t" } });
    expect(shapes["b#Y"]).toEqual({ type: "apply", traits: { "smithy.api#internal": {} } });
  });

  it("is not made of JSON with a key twice", () => {
    const text = '{ "smithy": "2.0", "shapes": { "a#X": { "type": "string", "type": "blob" } } }';
    expect(readAst([{ file: "m.json", text }]).diagnostics.map(({ code }) => code)).toEqual(["duplicate-key"]);
  });

  it("is not made of files of two versions, nor of definitions that differ", () => {
    const codes = (...texts: string[]) =>
      readAst(texts.map((text, index) => ({ file: `${index}.smithy`, text }))).diagnostics.map(
        ({ code, file, line }) => `${file}:${line} ${code}`,
      );
    expect(codes('$version: "2"\nnamespace a\n', "namespace b\n")).toEqual(["0.smithy:1 mixed-versions"]);
    expect(codes("namespace a\nstring X\n", "namespace a\n\ninteger X\n")).toEqual(["1.smithy:3 duplicate-shape"]);
    expect(codes('namespace a\n@title("a")\nstring X\n', 'namespace b\napply a#X @title("b")\n')).toEqual([
      "1.smithy:2 trait-conflict",
    ]);
  });
});
