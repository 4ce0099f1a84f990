import { describe, expect, it } from "vitest";
import { ServiceError } from "#runtime/errors/service.js";
import { awsQuery } from "#runtime/protocols/awsQuery/index.js";
import { ec2Query } from "#runtime/protocols/ec2Query/index.js";
import { ResponseMismatch } from "#runtime/errors/mismatch.js";
import type { Operation, Service } from "#runtime/schema/service.js";
import type { StructureShape } from "#runtime/schema/shapes.js";

class Gone extends ServiceError {
  static readonly shape: StructureShape = {
    type: "structure",
    name: "GoneException",
    members: { message: { type: "string" }, Since: { type: "timestamp" }, Kind: { type: "string", required: true } },
    error: { fault: "client", status: 404, queryErrorCode: "Gone" },
  };
}

const service = { name: "Store", version: "2020-01-08" } as unknown as Service;
const operation: Operation = {
  name: "Put",
  input: { type: "structure", name: "PutInput", members: { tags: { type: "list", member: { type: "string" } } } },
  output: {
    type: "structure",
    name: "PutOutput",
    members: { id: { type: "string" }, count: { type: "integer" }, tags: { type: "list", member: { type: "string" } } },
  },
  errors: [Gone],
};
const aws = awsQuery.compile(operation, service);
const ec2 = ec2Query.compile(operation, service);
const both = [
  ["awsQuery", aws],
  ["ec2Query", ec2],
] as const;
const response = (body: string, status = 200) => ({ status, headers: {}, body: new TextEncoder().encode(body) });

describe("requests", () => {
  it("are forms, sent to the root, that begin with the operation and the service's version", () => {
    expect(aws.serialize({ tags: ["a b"], other: 1 })).toEqual({
      method: "POST",
      path: "/",
      query: "",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: "Action=Put&Version=2020-01-08&tags.member.1=a%20b",
    });
    expect(ec2.serialize({ tags: ["a"] }).body).toBe("Action=Put&Version=2020-01-08&Tags.1=a");
    expect(aws.serialize({}).body).toBe("Action=Put&Version=2020-01-08");
  });
});

describe("outputs", () => {
  const members = "<id>a</id><count>3</count><new><deep/></new><tags><member>x</member></tags>";
  const wanted = { id: "a", count: 3, tags: ["x"] };

  it("are in the result of a response of awsQuery", () => {
    const metadata = "<ResponseMetadata><RequestId>r</RequestId></ResponseMetadata>";
    const xml = `<PutResponse xmlns="http://x"><PutResult>${members}</PutResult>${metadata}</PutResponse>`;
    expect(aws.readOutput(response(xml))).toEqual(wanted);
    // Some emulators name the root as they like.
    expect(aws.readOutput(response(`<Answer><PutResult>${members}</PutResult></Answer>`))).toEqual(wanted);
    expect(aws.readOutput(response(`<PutResponse>${metadata}</PutResponse>`))).toEqual({});
    expect(aws.readOutput(response(`<PutResult>${members}</PutResult>`))).toEqual(wanted);
    expect(aws.readOutput(response(`<PutResponse>${members}</PutResponse>`))).toEqual(wanted);
  });

  it("are the root of a response of ec2Query", () => {
    const xml = `<?xml version="1.0"?>\n<PutResponse>${members}<requestId>r</requestId></PutResponse>`;
    expect(ec2.readOutput(response(xml))).toEqual(wanted);
  });

  it.each(both)("are empty where the body is, in %s", (_, codec) => {
    expect(codec.readOutput(response(""))).toEqual({});
  });

  it.each(both)("are empty where an element of the right root is, in %s", (_, codec) => {
    expect(codec.readOutput(response("<PutResponse/>"))).toEqual({});
    expect(codec.readOutput(response("<x:PutResponse></x:PutResponse>"))).toEqual({});
  });

  it.each(both)("are read from another root where it holds a member, even an empty one, in %s", (_, codec) => {
    expect(codec.readOutput(response("<Other><id>a</id></Other>"))).toEqual({ id: "a" });
    expect(codec.readOutput(response("<Other><count/></Other>"))).toEqual({});
  });

  it.each(both)("are no responses to something else, in %s", (_, codec) => {
    const other = "<GetResponse><GetResult><id>a</id></GetResult></GetResponse>";
    expect(() => codec.readOutput(response(other))).toThrow(ResponseMismatch);
    expect(() => codec.readOutput(response(other))).toThrow("<PutResponse> should be the root element");
    expect(() => codec.readOutput(response("<Other/>"))).toThrow(ResponseMismatch);
  });

  it.each([awsQuery, ec2Query])("have any root where the model is an api-2 description, in $id", (protocol) => {
    const codec = protocol.compile(operation, { ...service, anyRoot: true });
    expect(codec.readOutput(response("<Other/>"))).toEqual({});
    expect(codec.readOutput(response("<Other><id>a</id></Other>"))).toEqual({ id: "a" });
    expect(codec.isLateError?.(response("<Other/>"))).toBe(false);
    expect(codec.isLateError?.(response("<Error/>"))).toBe(true);
  });

  it.each(both)("are errors where the root is that of one, in %s", (_, codec) => {
    const roots = ["Error", "ErrorResponse", "x:ErrorResponse", "PutResponse", "Response", "ErrorResult"];
    expect(roots.map((root) => codec.isLateError?.(response(`<${root}><Code>Gone</Code></${root}>`)))).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
    ]);
    for (const text of ["", "Error", "<html/>", "{}"]) expect(codec.isLateError?.(response(text))).toBe(false);
  });

  it.each(both)("are no pages and no other formats, in %s", (_, codec) => {
    for (const text of [
      "<html><body>Bad gateway</body></html>",
      "<!DOCTYPE html><p>a<br>b",
      '{"id":"a"}',
      "<a",
      "\0",
    ]) {
      expect(() => codec.readOutput(response(text))).toThrow(SyntaxError);
    }
  });

  it.each(both)("are as modelled, in %s", (_, codec) => {
    const inside = "<count>many</count>";
    const xml = `<PutResponse>${inside}<PutResult>${inside}</PutResult></PutResponse>`;
    expect(() => codec.readOutput(response(xml))).toThrow(ResponseMismatch);
  });
});

describe("errors", () => {
  const fields = "<Code>Gone</Code><Message>it is gone</Message><Since>2020-01-08T00:00:00Z</Since><Kind>k</Kind>";
  const read = { Since: new Date("2020-01-08T00:00:00Z"), Kind: "k" };

  it("are named by the code that the model gives them, rather than by their shape", async () => {
    const xml = `<ErrorResponse><Error><Type>Sender</Type>${fields}</Error><RequestId>r</RequestId></ErrorResponse>`;
    const error = { code: "GoneException", message: "it is gone", members: read };
    expect(await aws.readError(response(xml, 404))).toMatchObject(error);
    expect(await aws.readError(response(xml.replace(">Gone<", ">GoneException<"), 404))).toMatchObject(error);
  });

  it("stand one level deeper in ec2Query; either form is read in either protocol", async () => {
    const xml = `<Response><Errors><Error>${fields}</Error></Errors><RequestID>r</RequestID></Response>`;
    const error = { code: "GoneException", message: "it is gone", members: read };
    expect(await ec2.readError(response(xml, 404))).toMatchObject(error);
    expect(await aws.readError(response(xml, 404))).toMatchObject(error);
    const other = `<ErrorResponse><Error>${fields}</Error></ErrorResponse>`;
    expect(await ec2.readError(response(other, 404))).toMatchObject(error);
  });

  it.each(both)("need not be modelled, in %s", async (_, codec) => {
    const xml = "<ErrorResponse><Error><Code> Throttling\n</Code><message>slow</message></Error></ErrorResponse>";
    expect(await codec.readError(response(xml, 400))).toMatchObject({
      code: "Throttling",
      message: "slow",
      members: {},
    });
  });

  it.each(both)("keep their name where their members are not as modelled, in %s", async (_, codec) => {
    const xml = "<ErrorResponse><Error><Code>Gone</Code><Since>long ago</Since></Error></ErrorResponse>";
    expect(await codec.readError(response(xml, 400))).toMatchObject({
      code: "GoneException",
      message: undefined,
      members: {},
    });
  });

  it.each(both)("name nothing where the body does not, in %s", async (_, codec) => {
    const nothing = { code: undefined, message: undefined, members: {} };
    const bodies = [
      "",
      " ",
      "<html><head><title>503</title></head></html>",
      "<!DOCTYPE html><p>Bad<br>gateway",
      '{"__type":"Gone"}',
      "<ErrorResponse",
      "<ErrorResponse/>",
      "<ErrorResponse><Error/></ErrorResponse>",
      "<ErrorResponse><Error><Code> </Code></Error></ErrorResponse>",
      "<Response><Errors/></Response>",
      "\0\uffff",
      "<a>".repeat(100_000),
    ];
    const errors = await Promise.all(bodies.map((body) => codec.readError(response(body, 503))));
    expect(errors).toMatchObject(bodies.map(() => nothing));
  });

  it("may be called as every object's inherited properties are", async () => {
    for (const code of ["__proto__", "constructor", "toString"]) {
      const xml = `<ErrorResponse><Error><Code>${code}</Code><${code}>x</${code}></Error></ErrorResponse>`;
      expect(await aws.readError(response(xml, 400))).toMatchObject({ code, message: undefined, members: {} });
    }
  });
});

describe("the request's id", () => {
  it.each([
    [
      "an output of awsQuery",
      "<PutResponse><ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata></PutResponse>",
    ],
    ["an output of ec2Query", "<PutResponse><requestId>r-1</requestId></PutResponse>"],
    ["an error of awsQuery", "<ErrorResponse><Error/><RequestId> r-1 </RequestId></ErrorResponse>"],
    ["an error of ec2Query", "<Response><Errors/><RequestID>r-1</RequestID></Response>"],
  ])("is found in %s", (_, xml) => expect(aws.requestIdIn?.(response(xml))).toBe("r-1"));

  it.each(["", "<html>", "<html/>", "<PutResponse/>", "<PutResponse><RequestId/></PutResponse>", "{}"])(
    "is not known from %j",
    (body) => expect(ec2.requestIdIn?.(response(body))).toBeUndefined(),
  );
});
