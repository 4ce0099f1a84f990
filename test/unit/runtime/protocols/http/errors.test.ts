import { expect, test } from "vitest";
import { ServiceError } from "#runtime/errors/service.js";
import type { StructureShape } from "#runtime/schema/shapes.js";
import { codecOf, response } from "./support.js";

class TooMany extends ServiceError {
  static readonly shape: StructureShape = {
    type: "structure",
    name: "TooMany",
    members: {
      wait: { type: "integer", httpHeader: "Retry-After" },
      status: { type: "integer", httpResponseCode: true },
      what: { type: "string", jsonName: "What" },
    },
    error: { fault: "client", status: 429 },
  };
}

const codec = codecOf({}, [TooMany]);

test("an error has its members from the headers, the status and the body", async () => {
  const given = response(
    '{"What":"shelf","message":"slow down"}',
    {
      "x-amzn-errortype": "org.books#TooMany:http://books.example/",
      "retry-after": "7",
    },
    429,
  );
  expect(await codec.readError(given)).toMatchObject({
    code: "TooMany",
    message: "slow down",
    members: { wait: 7, status: 429, what: "shelf" },
  });
});

test("a header that is not as modelled does not hide the error", async () => {
  const scripted = response('{"__type":"TooMany","What":"shelf"}', { "retry-after": "soon" }, 429);
  expect(await codec.readError(scripted)).toMatchObject({ code: "TooMany", members: { what: "shelf" } });
});

test.each(["", "<html>", "null", "[]", "{"])("a body of %j is an error with no code", async (body) => {
  expect(await codec.readError(response(body, {}, 502))).toMatchObject({
    code: undefined,
    message: undefined,
    members: {},
  });
});

test("an error that the model does not know has its name and no members", async () => {
  const received = response('{"code":"Strange","What":"shelf"}', { "retry-after": "7" }, 400);
  expect(await codec.readError(received)).toMatchObject({ code: "Strange", message: undefined, members: {} });
});
