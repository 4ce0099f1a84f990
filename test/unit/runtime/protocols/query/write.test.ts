import { describe, expect, it } from "vitest";
import { awsQueryForm, ec2QueryForm } from "#runtime/protocols/query/forms.js";
import { type FormDialect, FormWriter } from "#runtime/protocols/query/write.js";
import type { Member, StructureShape, UnionShape } from "#runtime/schema/shapes.js";

const text: Member = { type: "string" };
const structure = (members: Record<string, Member>): StructureShape => ({ type: "structure", name: "Input", members });

/** The form's pairs, as they are sent. */
const form = (members: Record<string, Member>, value: object, dialect: FormDialect = awsQueryForm): string[] => {
  const written = new FormWriter(dialect).write(structure(members), value);
  return written === "" ? [] : written.slice(1).split("&");
};
const ec2 = (members: Record<string, Member>, value: object): string[] => form(members, value, ec2QueryForm);

describe("simple values", () => {
  it("are text; each number in its own digits", () => {
    const members: Record<string, Member> = {
      yes: { type: "boolean" },
      no: { type: "boolean" },
      whole: { type: "integer" },
      part: { type: "double" },
      long: { type: "long" },
      huge: { type: "bigInteger" },
      exact: { type: "bigDecimal" },
    };
    const value = {
      yes: true,
      no: false,
      whole: -7,
      part: 10.8,
      long: 9_007_199_254_740_993n,
      huge: 123_456_789_012_345_678_901_234_567_890n,
      exact: "0.10",
    };
    expect(form(members, value)).toEqual([
      "yes=true",
      "no=false",
      "whole=-7",
      "part=10.8",
      "long=9007199254740993",
      "huge=123456789012345678901234567890",
      "exact=0.10",
    ]);
  });

  it("may be floats that are no number", () => {
    const members: Record<string, Member> = { a: { type: "float" }, b: { type: "double" }, c: { type: "double" } };
    expect(form(members, { a: NaN, b: Infinity, c: -Infinity })).toEqual(["a=NaN", "b=Infinity", "c=-Infinity"]);
  });

  it("write blobs as base64 and dates in their format", () => {
    const at = new Date(Date.UTC(2015, 0, 25, 8));
    const members: Record<string, Member> = {
      data: { type: "blob" },
      plain: { type: "timestamp" },
      epoch: { type: "timestamp", timestampFormat: "epoch-seconds" },
      http: { type: "timestamp", timestampFormat: "http-date" },
    };
    expect(form(members, { data: Buffer.from("value?>"), plain: at, epoch: at, http: at })).toEqual([
      "data=dmFsdWU%2FPg%3D%3D",
      "plain=2015-01-25T08%3A00%3A00Z",
      "epoch=1422172800",
      "http=Sun%2C%2025%20Jan%202015%2008%3A00%3A00%20GMT",
    ]);
  });

  it("are escaped to RFC 3986's unreserved characters; a space is no plus", () => {
    expect(form({ s: text }, { s: "a b+c&d=e~f*g'(h)!%é😀\n" })).toEqual([
      "s=a%20b%2Bc%26d%3De~f%2Ag%27%28h%29%21%25%C3%A9%F0%9F%98%80%0A",
    ]);
  });

  it("are sent when empty, zero or false, and left out when not set", () => {
    const members: Record<string, Member> = { a: text, b: { type: "integer" }, c: text, d: text };
    expect(form(members, { a: "", b: 0, c: null, d: undefined })).toEqual(["a=", "b=0"]);
  });
});

describe("keys", () => {
  const nested: StructureShape = structure({ inner: text });

  it("join segments by dots; members that the model does not know and inherited ones have none", () => {
    const members: Record<string, Member> = { outer: { target: nested }, constructor: text };
    expect(form(members, { outer: { inner: "a", other: "b" }, unknown: "c" })).toEqual(["outer.inner=a"]);
  });

  it("are the members' xmlName in awsQuery, whatever else they are called", () => {
    const members: Record<string, Member> = {
      plain: text,
      named: { type: "string", xmlName: "Other" },
      forEc2: { type: "string", ec2QueryName: "Ec2", xmlName: "xml" },
      prefixed: { type: "string", xmlName: "a:b" },
    };
    const value = { plain: "1", named: "2", forEc2: "3", prefixed: "4" };
    expect(form(members, value)).toEqual(["plain=1", "Other=2", "xml=3", "a%3Ab=4"]);
  });

  it("are ec2QueryName as it is, else xmlName or the member's name with a capital, in ec2Query", () => {
    const members: Record<string, Member> = {
      plain: text,
      named: { type: "string", xmlName: "other" },
      forEc2: { type: "string", ec2QueryName: "ec2", xmlName: "xml" },
      outer: { target: nested },
    };
    const value = { plain: "1", named: "2", forEc2: "3", outer: { inner: "4" } };
    expect(ec2(members, value)).toEqual(["Plain=1", "Other=2", "ec2=3", "Outer.Inner=4"]);
  });

  it("follow a structure into itself as far as the value goes", () => {
    const node: StructureShape = {
      type: "structure",
      name: "Node",
      members: { v: text, next: { target: () => node } },
    };
    expect(form({ node: { target: node } }, { node: { v: "1", next: { v: "2", next: {} } } })).toEqual([
      "node.v=1",
      "node.next.v=2",
    ]);
  });

  it("lead to a union's member as to a structure's", () => {
    const union: UnionShape = { type: "union", name: "Choice", members: { a: text, b: { type: "integer" } } };
    expect(form({ choice: { target: union } }, { choice: { b: 1 } })).toEqual(["choice.b=1"]);
  });
});

describe("lists", () => {
  const list = (traits: object = {}, member: Member = text): Member => ({ type: "list", member, ...traits });

  it("number their items under `member`, or the name that their member has", () => {
    expect(form({ l: list() }, { l: ["a", "b"] })).toEqual(["l.member.1=a", "l.member.2=b"]);
    expect(form({ l: list({}, { type: "string", xmlName: "item" }) }, { l: ["a"] })).toEqual(["l.item.1=a"]);
  });

  it("have no such segment where they are flattened, and none in ec2Query", () => {
    const named: Member = { type: "string", xmlName: "item" };
    expect(form({ l: list({ xmlFlattened: true, xmlName: "Hi" }, named) }, { l: ["a", "b"] })).toEqual([
      "Hi.1=a",
      "Hi.2=b",
    ]);
    expect(ec2({ l: list({}, named) }, { l: ["a", "b"] })).toEqual(["L.1=a", "L.2=b"]);
  });

  it("hold structures and lists", () => {
    const members = {
      l: list({}, { target: structure({ a: text, b: text }) }),
      m: list({}, list()),
    };
    const value = { l: [{ a: "1", b: "2" }, { a: "3" }], m: [["x", "y"], ["z"]] };
    expect(form(members, value)).toEqual([
      "l.member.1.a=1",
      "l.member.1.b=2",
      "l.member.2.a=3",
      "m.member.1.member.1=x",
      "m.member.1.member.2=y",
      "m.member.2.member.1=z",
    ]);
  });

  it("are a key without a value when empty, in awsQuery; ec2Query has nothing for them", () => {
    expect(form({ l: list(), f: list({ xmlFlattened: true }) }, { l: [], f: [] })).toEqual(["l=", "f="]);
    expect(ec2({ l: list() }, { l: [] })).toEqual([]);
  });

  it("leave out what is not there, with no gap in the numbers", () => {
    expect(form({ l: list() }, { l: ["a", null, undefined, "b"] })).toEqual(["l.member.1=a", "l.member.2=b"]);
  });
});

describe("maps", () => {
  const map = (traits: object = {}, value: Member = text, key: Member = text): Member =>
    ({ type: "map", key, value, ...traits }) as Member;

  it("number their entries under `entry`, with key and value, or the names that these have", () => {
    expect(form({ m: map() }, { m: { a: "1", "b c": "2" } })).toEqual([
      "m.entry.1.key=a",
      "m.entry.1.value=1",
      "m.entry.2.key=b%20c",
      "m.entry.2.value=2",
    ]);
    const named = map({}, { type: "string", xmlName: "V" }, { type: "string", xmlName: "K" });
    expect(form({ m: named }, { m: { a: "1" } })).toEqual(["m.entry.1.K=a", "m.entry.1.V=1"]);
  });

  it("have no such segment where they are flattened", () => {
    expect(form({ m: map({ xmlFlattened: true, xmlName: "Hi" }) }, { m: { a: "1" } })).toEqual([
      "Hi.1.key=a",
      "Hi.1.value=1",
    ]);
  });

  it("hold structures and lists; empty ones and entries that are not there are not sent", () => {
    const members = { m: map({}, { type: "list", member: text }), s: map({}, { target: structure({ a: text }) }) };
    expect(form(members, { m: { x: ["1", "2"] }, s: { y: { a: "3" } } })).toEqual([
      "m.entry.1.key=x",
      "m.entry.1.value.member.1=1",
      "m.entry.1.value.member.2=2",
      "s.entry.1.key=y",
      "s.entry.1.value.a=3",
    ]);
    expect(form({ m: map() }, { m: {} })).toEqual([]);
    expect(form({ m: map() }, { m: { a: null, b: "1" } })).toEqual(["m.entry.1.key=b", "m.entry.1.value=1"]);
  });

  it("take any key, those that every object inherits too", () => {
    const hostile = JSON.parse('{"__proto__":"1","constructor":"2"}') as object;
    expect(form({ m: map() }, { m: hostile })).toEqual([
      "m.entry.1.key=__proto__",
      "m.entry.1.value=1",
      "m.entry.2.key=constructor",
      "m.entry.2.value=2",
    ]);
  });
});

describe("what no form can hold", () => {
  it.each<[string, Member, unknown, string]>([
    ["an object for a text", text, { a: 1 }, "a.v should be a simple value, as forms require, but is an object"],
    ["a function", text, () => "secret", "a.v should be a simple value, as forms require, but is a function"],
    ["a text for a list", { type: "list", member: text }, "secret", "a.v should be an array, but is a string"],
    [
      "a list for a map",
      { type: "map", key: { type: "string" }, value: text },
      [],
      "a.v should be an object, but is an array",
    ],
    ["a text for a structure", { target: structure({}) }, "secret", "a.v should be an object, but is a string"],
    ["half of a surrogate pair", text, "a\ud800b", "URI malformed"],
    ["an invalid date", { type: "timestamp" }, new Date(NaN), "An invalid Date cannot be sent."],
  ])("%s is rejected by its location, without its value", (_, member, value, message) => {
    expect(() => form({ a: { target: structure({ v: member }) } }, { a: { v: value } })).toThrow(message);
  });
});
