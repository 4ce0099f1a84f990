import { sValidator } from "@hono/standard-validator";
import type { LookupEventsRequest } from "@clientsmith/cloudtrail";
import { validateLookupEventsRequest } from "@clientsmith/cloudtrail/lookupEvents";
import type { StandardSchema } from "@clientsmith/runtime/interop/standard-schema";
import { initTRPC, TRPCError } from "@trpc/server";
import { Hono } from "hono";
import { describe, expect, it } from "vitest";
import { emitPackage } from "./support/emitted.js";

const emitted = await emitPackage("standard-schema", ["standard-schema"]);
const schemas = await emitted.load<Readonly<Record<string, StandardSchema<LookupEventsRequest>>>>("standard-schema.ts");
const schema = schemas["LookupEventsRequestSchema"] as StandardSchema<LookupEventsRequest>;

const valid: LookupEventsRequest = {
  MaxResults: 10,
  LookupAttributes: [{ AttributeKey: "EventName", AttributeValue: "a" }],
};
const invalid = { MaxResults: 51, LookupAttributes: [{ AttributeKey: "EventName" }, 1], Extra: true };

describe("a Standard Schema", () => {
  it("is there for each input with a validator", () => {
    expect(Object.keys(schemas).length).toBe(18);
    for (const each of Object.values(schemas)) {
      expect(each["~standard"]).toMatchObject({ version: 1, vendor: "clientsmith" });
    }
  });

  it("returns the value, or the issues of the validator", () => {
    expect(schema["~standard"].validate(valid)).toEqual({ value: valid });
    const issues = validateLookupEventsRequest(invalid);
    expect(issues.length).toBe(5);
    expect(schema["~standard"].validate(invalid)).toEqual({ issues });
    expect(schema["~standard"].validate(undefined)).toEqual({ issues: validateLookupEventsRequest(undefined) });
  });

  it("is the input of a procedure of tRPC", async () => {
    const { router, procedure, createCallerFactory } = initTRPC.create();
    const routes = router({ lookup: procedure.input(schema).query(({ input }) => input.MaxResults) });
    const caller = createCallerFactory(routes)({});
    expect(await caller.lookup(valid)).toBe(10);
    const error: unknown = await caller.lookup(invalid as never).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(TRPCError);
    expect(error).toMatchObject({ code: "BAD_REQUEST", cause: { issues: validateLookupEventsRequest(invalid) } });
  });

  it("is the validator of a route of Hono", async () => {
    const app = new Hono().post("/lookup", sValidator("json", schema), (context) =>
      context.json({ most: context.req.valid("json").MaxResults }),
    );
    const post = (body: unknown): Response | Promise<Response> =>
      app.request("/lookup", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      });
    const accepted = await post(valid);
    expect([accepted.status, await accepted.json()]).toEqual([200, { most: 10 }]);
    const rejected = await post(invalid);
    expect(rejected.status).toBe(400);
    expect(await rejected.json()).toMatchObject({
      success: false,
      error: validateLookupEventsRequest(invalid).map(({ path, message }) => ({ path, message })),
    });
  });
});
