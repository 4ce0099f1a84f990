import { describe, expect, it } from "vitest";
import { parseXml } from "#runtime/protocols/xml/parse.js";

const nested = (depth: number): string => "<a>".repeat(depth) + "</a>".repeat(depth);

describe("parseXml", () => {
  it("gives elements with attributes, children and their own text", () => {
    expect(parseXml('<a x="1"><b>one</b> two<c/> &lt;three&gt;</a>')).toEqual({
      name: "a",
      attributes: { x: "1" },
      text: " two <three>",
      children: [
        { name: "b", attributes: {}, children: [], text: "one" },
        { name: "c", attributes: {}, children: [], text: "" },
      ],
    });
  });

  it("takes the prefix off the names of elements and leaves it on those of attributes", () => {
    const root = parseXml('<s3:a xmlns:s3="urn:x" s3:type="t"><s3:b/></s3:a>');
    expect(root.name).toBe("a");
    expect(root.children[0]?.name).toBe("b");
    expect(root.attributes).toEqual({ "xmlns:s3": "urn:x", "s3:type": "t" });
  });

  it("reads a prefix that no namespace is declared for", () => {
    expect(parseXml("<x:a/>").name).toBe("a");
  });

  it("leaves comments and processing instructions out, and takes CDATA as it stands", () => {
    expect(
      parseXml("<?xml version='1.0'?><!-- c --><a>1<!-- 2 --><?pi 3?><![CDATA[<4&amp;>]]>5</a><!-- e -->").text,
    ).toBe("1<4&amp;>5");
  });

  it("skips a byte order mark and white space before the declaration", () => {
    expect(parseXml('\uFEFF<?xml version="1.0" encoding="UTF-8"?><a/>').name).toBe("a");
    expect(parseXml('\n  \r\n<?xml version="1.0"?>\n  <a/>\n').name).toBe("a");
  });

  it("normalizes line ends, but not those that are escaped", () => {
    expect(parseXml("<a>1\r\n2\r3&#xD;&#10;</a>").text).toBe("1\n2\n3\r\n");
  });

  it("reads characters beyond the basic plane and references to them", () => {
    expect(parseXml("<a>\u{1F600}&#x1F600;&#128512;</a>").text).toBe("\u{1F600}".repeat(3));
  });

  it.each(["&#x1;", "&#x0001;", "&#1;", "&#x1F;", "&#31;", "&#14;"])(
    "reads %s, which S3 sends for a key with that character",
    (reference) => {
      const digits = reference.slice(2, -1);
      const code = digits.startsWith("x") ? Number.parseInt(digits.slice(1), 16) : Number(digits);
      expect(parseXml(`<?xml version="1.0"?><a>${reference}</a>`).text).toBe(String.fromCharCode(code));
    },
  );

  it("keeps names that every object inherits", () => {
    const root = parseXml('<constructor __proto__="1" toString="2"><__proto__>3</__proto__></constructor>');
    expect(root.name).toBe("constructor");
    expect(root.children[0]).toMatchObject({ name: "__proto__", text: "3" });
    expect(Object.keys(root.attributes)).toEqual(["__proto__", "toString"]);
    expect(({} as Record<string, unknown>)["1"]).toBeUndefined();
  });

  it.each([
    ["nothing", ""],
    ["white space", " \n"],
    ["text", "hello"],
    ["JSON", '{"a": 1}'],
    ["HTML that is not XML", "<html><body><br><p>Bad gateway</body></html>"],
    ["an element that does not end", "<a><b></b>"],
    ["tags that cross", "<a><b></a></b>"],
    ["two roots", "<a/><b/>"],
    ["text after the root", "<a/>b"],
    ["an attribute twice", '<a b="1" b="2"/>'],
    ["an attribute without quotes", "<a b=1/>"],
    ["an ampersand alone", "<a>a & b</a>"],
    ["an entity that is not known", "<a>&nbsp;</a>"],
    ["an entity named like an inherited property", "<a>&__proto__;&constructor;</a>"],
    ["a control character", "<a>\u0001</a>"],
    ["a reference to the character zero", "<a>&#0;</a>"],
    ["half of a surrogate pair", "<a>&#xD800;</a>"],
    ["a declaration in the middle", '<a><?xml version="1.0"?></a>'],
  ])("refuses %s", (_, text) => {
    expect(() => parseXml(text)).toThrow(SyntaxError);
  });

  it("expands no entity that the document declares", () => {
    const bomb = '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;&b;">]>';
    expect(() => parseXml(`${bomb}<a>&c;</a>`)).toThrow(SyntaxError);
    expect(() => parseXml('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>')).toThrow(SyntaxError);
    expect(parseXml(`${bomb}<a>d</a>`).text).toBe("d");
  });

  it("bounds the depth", () => {
    expect(parseXml(nested(500)).name).toBe("a");
    expect(() => parseXml(nested(501))).toThrow(SyntaxError);
    expect(() => parseXml(nested(100_000))).toThrow(SyntaxError);
  });

  it("does not repeat the text in its message", () => {
    expect(() => parseXml("<a>secret")).toThrow(/^(?!.*secret)/s);
  });
});
