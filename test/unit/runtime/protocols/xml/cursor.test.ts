import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { XmlCursor } from "#runtime/protocols/xml/cursor.js";
import { usualInteger } from "#runtime/protocols/xml/usual.js";
import { sharedPath } from "../../../../support/shared.js";

const listing = sharedPath("cases/listing-control-characters.xml");

const nested = (depth: number): string => "<a>".repeat(depth) + "</a>".repeat(depth);

/** The text of a document's root, once all of the document is read. */
function textOf(document: string): string {
  const xml = new XmlCursor(document);
  xml.root();
  const text = xml.text();
  xml.end();
  return text;
}

/** What was entered, with all that is in it. */
function elementsIn(xml: XmlCursor): unknown[] {
  const elements: unknown[] = [];
  for (let name = xml.next(); name !== undefined; name = xml.next()) elements.push([name, elementsIn(xml)]);
  return elements;
}

describe("a cursor", () => {
  it("goes from element to element, names as they are written", () => {
    const xml = new XmlCursor(
      '<s3:a xmlns:s3="urn:x"> <s3:b><c/ ></s3:b >\n<b>1</b>2<d e="f" /></s3:a>'.replace("/ >", "/>"),
    );
    expect(xml.root()).toBe("s3:a");
    expect(elementsIn(xml)).toEqual([
      ["s3:b", [["c", []]]],
      ["b", []],
      ["d", []],
    ]);
    xml.end();
  });

  it("reads a text of the usual form by its codes, and leaves any other text to be read", () => {
    const texts = { a: "12", b: "", c: "1<!-- 2 -->", d: " 1", e: "1&#50;", f: "1<g/>", h: "1".repeat(40), i: "3" };
    const elements = Object.entries(texts).map(([name, text]) => `<${name}>${text}</${name}>`);
    const xml = new XmlCursor(`<root>${elements.join("")}<empty/></root>`);
    xml.root();
    const read = [...Object.keys(texts), "empty"].map((name) => {
      expect(xml.next()).toBe(name);
      return xml.usual(usualInteger) ?? xml.text();
    });
    expect(read).toEqual([12, "", "1", " 1", "12", "1", "1".repeat(40), 3, ""]);
    expect(xml.next()).toBeUndefined();
    xml.end();
  });

  it("checks the end tag after a text of the usual form", () => {
    for (const text of ["<a><b>1</c></a>", "<a><b>1</b", "<a><b>1</", "<a><b>1<", "<a><b>1"]) {
      const xml = new XmlCursor(text);
      xml.root();
      xml.next();
      expect(() => xml.usual(usualInteger) ?? xml.text()).toThrow(SyntaxError);
    }
  });

  it("returns the attributes of the element that it has entered, and none of one before", () => {
    const xml = new XmlCursor(`<a x:b="1" c='"2" &lt;&#10;\t\r\n'><d/></a>`);
    xml.root();
    expect([...xml.attributes]).toEqual([
      ["x:b", "1"],
      ["c", '"2" <\n  '],
    ]);
    xml.next();
    expect(xml.attributes.size).toBe(0);
  });

  it("returns an element's own text, and passes its children", () => {
    expect(textOf("<a>1<b>no<c>no</c></b>2<d/>3</a>")).toBe("123");
    expect(textOf("<a/>")).toBe("");
  });

  it("skips what is left of the element that is open, and can begin again", () => {
    const xml = new XmlCursor("<a><b><c>1</c><c>2</c></b><d>3</d></a>");
    xml.root();
    xml.next();
    xml.next();
    xml.skip();
    xml.skip();
    expect(xml.next()).toBe("d");
    expect(xml.text()).toBe("3");
    expect(xml.next()).toBeUndefined();
    expect(xml.root()).toBe("a");
    expect(xml.next()).toBe("b");
    xml.end();
  });

  it("gives content that no model describes as its text, or as markup where it has children", () => {
    const contentOf = (document: string): string => {
      const xml = new XmlCursor(document);
      xml.root();
      const content = xml.content();
      xml.end();
      return content;
    };
    expect(contentOf("<a> 1 &amp; <!-- no --><![CDATA[<b>]]></a>")).toBe(" 1 & <b>");
    expect(contentOf("<a/>")).toBe("");
    expect(contentOf("<a >1 &amp;<b><c/></b></a >")).toBe("1 &amp;<b><c/></b>");
  });

  it("leaves comments and processing instructions out, and takes CDATA as it is", () => {
    expect(textOf("<?xml version='1.0'?><!-- c --><a>1<!-- 2 --><?pi 3?><![CDATA[<4&amp;>]]>5</a><!-- e -->")).toBe(
      "1<4&amp;>5",
    );
  });

  it("skips a byte order mark and white space before the declaration", () => {
    expect(textOf('\uFEFF<?xml version="1.0" encoding="UTF-8"?><a>1</a>')).toBe("1");
    expect(textOf('\n  \r\n<?xml version="1.0"?>\n  <a>1</a>\n')).toBe("1");
  });

  it("normalizes line ends, but not those that are escaped", () => {
    expect(textOf("<a>1\r\n2\r3&#xD;&#10;</a>")).toBe("1\n2\n3\r\n");
  });

  it("reads characters beyond the basic plane and references to them", () => {
    expect(textOf("<a>\u{1F600}&#x1F600;&#128512;</a>")).toBe("\u{1F600}".repeat(3));
  });

  it.each(["&#x1;", "&#x0001;", "&#1;", "&#x1F;", "&#31;", "&#14;"])(
    "reads %s, which S3 sends for a key with that character",
    (reference) => {
      const digits = reference.slice(2, -1);
      const code = digits.startsWith("x") ? Number.parseInt(digits.slice(1), 16) : Number(digits);
      expect(textOf(`<?xml version="1.0"?><a>${reference}</a>`)).toBe(String.fromCharCode(code));
    },
  );

  it.each([
    ["control characters", "a\u0001\u0008\u001Fb\0"],
    ["code points that are no characters", "c\uFFFEd\uFFFF"],
    ["a byte order mark that is none", "e\uFEFF"],
  ])("reads %s as they are, for S3 sends what people named their objects", (_, text) => {
    expect(textOf(`<a>${text}</a>`)).toBe(text);
    expect(textOf(`<a><![CDATA[${text}]]></a>`)).toBe(text);
  });

  it.runIf(listing)("reads the keys of the shared listing", () => {
    const xml = new XmlCursor(readFileSync(listing ?? "", "utf8"));
    xml.root();
    const keys: string[] = [];
    for (let name = xml.next(); name !== undefined; name = xml.next()) {
      if (name === "Contents" && xml.next() === "Key") keys.push(xml.text());
      xml.skip();
    }
    expect(keys).toEqual(["a\u0004b", "c\uFFFEd"]);
  });

  it("keeps names that every object inherits", () => {
    const xml = new XmlCursor('<constructor __proto__="1" toString="2"><__proto__>3</__proto__></constructor>');
    expect(xml.root()).toBe("constructor");
    expect([...xml.attributes.keys()]).toEqual(["__proto__", "toString"]);
    expect(xml.next()).toBe("__proto__");
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
    ["an ampersand at the end", "<a>b &amp</a>"],
    ["a reference to what is beyond Unicode", "<a>&#x110000;</a>"],
    ["a reference with a capital X", "<a>&#X41;</a>"],
    ["a reference without digits", "<a>&#;&#x;</a>"],
    ["a tag that does not end", "<a><b</a>"],
    ["an end tag alone", "</a>"],
    ["an end tag with attributes", '<a></a b="1">'],
    ["an end tag of which only the beginning is the name", "<a></ab>"],
    ["a name that begins with a digit", "<1a/>"],
    ["a space before the name", "< a/>"],
    ["an angle bracket in an attribute", '<a b="<"/>'],
    ["attributes that touch", '<a b="1"c="2"/>'],
    ["an attribute without a value", "<a b/>"],
    ["an entity in an attribute", '<a b="&c;"/>'],
    ["the end of CDATA in text", "<a>]]></a>"],
    ["CDATA outside of the root", "<a/><![CDATA[b]]>"],
    ["two hyphens in a comment", "<a><!-- b -- c --></a>"],
    ["a comment that does not end", "<a><!-- b</a>"],
    ["CDATA that does not end", "<a><![CDATA[b</a>"],
    ["an instruction without a name", "<a><? b?></a>"],
    ["an instruction that does not end", "<a><?b </a>"],
    ["a declaration without a version", "<?xml encoding='UTF-8'?><a/>"],
    ["a declaration of another version", "<?xml version='2.0'?><a/>"],
    ["a declaration after something else", "<!-- a --><?xml version='1.0'?><a/>"],
    ["a document type in the root", "<a><!DOCTYPE a></a>"],
    ["a document type after the root", "<a/><!DOCTYPE a>"],
    ["two document types", "<!DOCTYPE a><!DOCTYPE a><a/>"],
    ["a document type that does not end", "<!DOCTYPE a [<!ENTITY b ']>'><a/>"],
    ["a reference to the character zero", "<a>&#0;</a>"],
    ["half of a surrogate pair", "<a>&#xD800;</a>"],
    ["a declaration in the middle", '<a><?xml version="1.0"?></a>'],
  ])("rejects %s", (_, text) => {
    expect(() => textOf(text)).toThrow(SyntaxError);
  });

  it("expands no entity that the document declares", () => {
    const bomb = '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;&b;">]>';
    expect(() => textOf(`${bomb}<a>&c;</a>`)).toThrow(SyntaxError);
    expect(() => textOf('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>')).toThrow(SyntaxError);
    expect(textOf(`${bomb}<a>d</a>`)).toBe("d");
  });

  it("bounds the depth", () => {
    expect(textOf(nested(500))).toBe("");
    expect(() => textOf(nested(501))).toThrow(SyntaxError);
    expect(() => textOf(nested(100_000))).toThrow(SyntaxError);
  });

  it("passes a document type, whatever is quoted or commented in it", () => {
    const type = `<!DOCTYPE a PUBLIC ">" '[' [<!ENTITY b "]>"> <!-- ]> " --> <?c ]> ' ?> %d; ]>`;
    expect(textOf(`<?xml version="1.0"?><!-- b -->${type}<a>1</a>`)).toBe("1");
  });

  it("does not repeat the text in its message", () => {
    expect(() => textOf("<a>secret")).toThrow(/^(?!.*secret)/s);
  });
});
