import { describe, expect, it, test } from "vitest";
import { ServiceError } from "#runtime/errors/service.js";
import { readXmlError } from "#runtime/protocols/xml/error.js";
import { XmlReader } from "#runtime/protocols/xml/read.js";
import type { StructureShape } from "#runtime/schema/shapes.js";
import { response } from "../http/support.js";

class Gone extends ServiceError {
  static readonly shape: StructureShape = {
    type: "structure",
    name: "Gone",
    members: {
      Message: { type: "string" },
      Since: { type: "timestamp" },
      messages: { type: "list", member: { type: "string", xmlName: "Message" } },
    },
    error: { fault: "client", status: 404 },
  };
}

const reader = new XmlReader();
const read = (body: string) => readXmlError(response(body, {}, 404), [Gone], reader);

const inside = "<Code>Gone</Code><Message>It left</Message><Since>2020-01-08T00:00:00Z</Since>";
const gone = {
  code: "Gone",
  message: "It left",
  members: { Message: "It left", Since: new Date("2020-01-08T00:00:00Z") },
};

describe("an error is found", () => {
  test.each([
    ["in its wrapper", `<ErrorResponse xmlns="urn:x"><Error>${inside}</Error><RequestId>r</RequestId></ErrorResponse>`],
    ["as the root", `<?xml version="1.0"?>\n<Error>${inside}<RequestId>r</RequestId></Error>`],
    ["in a list", `<Response><Errors><Error>${inside}</Error></Errors><RequestID>r</RequestID></Response>`],
    ["with another prefix", `<x:ErrorResponse><x:Error>${inside}</x:Error></x:ErrorResponse>`],
  ])("%s", (_, body) => expect(read(body)).toMatchObject(gone));

  it("that is the root under its own name, as Route 53 sends one", () => {
    expect(read("<Gone><messages><Message>a</Message><Message>b</Message></messages></Gone>")).toMatchObject({
      code: "Gone",
      message: undefined,
      members: { messages: ["a", "b"] },
    });
  });

  it("that the model does not have", () => {
    expect(read("<Error><Code>SlowDown</Code><Message>Wait</Message><Since>x</Since></Error>")).toMatchObject({
      code: "SlowDown",
      message: "Wait",
      members: {},
    });
  });

  it("with members that are not as modelled", () => {
    expect(read("<Error><Code>Gone</Code><message>m</message><Since>soon</Since></Error>")).toMatchObject({
      code: "Gone",
      message: "m",
      members: {},
    });
  });
});

test.each([
  ["nothing", ""],
  ["JSON", '{"code":"Gone"}'],
  ["a page of HTML", "<html><body>Bad Gateway<br></body></html>"],
  ["a page of HTML that is well-formed", "<!DOCTYPE html><HTML><Error><Code>Gone</Code></Error></HTML>"],
  ["XML that ends too soon", "<Error><Code>Gone</Code>"],
  ["another document", "<Result><Code>Gone</Code></Result>"],
  ["an error without a code", "<Error><Message>m</Message></Error>"],
])("%s names no error", (_, body) => expect(read(body)).toMatchObject({ code: undefined, members: {} }));
