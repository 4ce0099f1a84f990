import { describe, expect, it } from "vitest";
import type { AuthScheme, IdentityOrigin } from "#runtime/auth/auth-scheme.js";
import { authenticate, schemeOf } from "#runtime/auth/support/authenticate.js";
import { CredentialsError, EndpointError } from "#runtime/errors/index.js";
import type { CallContext } from "#runtime/features/context.js";
import type { HttpRequest } from "#runtime/schema/http.js";
import type { Operation } from "#runtime/schema/service.js";
import { callOf, contextOf, putThing, service as demo } from "../../features/support.js";

/** A scheme that marks what it signs, with an identity from there. */
function scheme(name: string, origin: IdentityOrigin, family = name, failure?: Error): AuthScheme {
  return {
    id: `test#${name}`,
    name,
    family,
    identity: () => origin,
    sign: ({ request }) =>
      failure ? Promise.reject(failure) : { ...request, headers: { ...request.headers, authorization: name } },
    describe: () => name,
  };
}

interface Given {
  readonly service?: readonly AuthScheme[];
  readonly operation?: Partial<Operation>;
  /** Names of schemes in the properties of the endpoint. */
  readonly endpoint?: readonly string[];
}

function contextWith({ service: authSchemes, operation, endpoint }: Given): Promise<CallContext> {
  const properties = endpoint && { authSchemes: endpoint.map((name) => ({ name })) };
  const { authSchemes: _own, ...bare } = demo;
  const of = {
    ...bare,
    ...(authSchemes && { authSchemes }),
    resolveEndpoint: () => ({ url: "https://demo.test", ...(properties && { properties }) }),
  };
  return contextOf(callOf({ ...putThing, ...operation }, {}, of));
}

const chosen = async (given: Given): Promise<string | undefined> => schemeOf(await contextWith(given))?.name;
const signedBy = async (given: Given): Promise<string | undefined> => {
  const request: HttpRequest = await authenticate(await contextWith(given));
  return request.headers["authorization"];
};

describe("the scheme of a call", () => {
  it("is the only one, whether it has an identity or not", async () => {
    for (const origin of ["environment", "option", "chain", "none"] as const) {
      expect(await chosen({ service: [scheme("a", origin)] })).toBe("a");
    }
  });

  it("of several is the one with the most specific identity: environment, option, chain", async () => {
    const by = (origin: IdentityOrigin): AuthScheme => scheme(origin, origin);
    expect(await chosen({ service: [by("none"), by("chain"), by("option"), by("environment")] })).toBe("environment");
    expect(await chosen({ service: [by("none"), by("chain"), by("option")] })).toBe("option");
    expect(await chosen({ service: [by("none"), by("chain")] })).toBe("chain");
  });

  it("of several with identities from the same place, or with none, is the first", async () => {
    expect(await chosen({ service: [scheme("a", "option"), scheme("b", "option")] })).toBe("a");
    expect(await chosen({ service: [scheme("a", "none"), scheme("b", "none")] })).toBe("a");
  });

  it("is one of the operation's own schemes where it has some", async () => {
    const operation = { authSchemes: [scheme("own", "none")] };
    expect(await chosen({ service: [scheme("a", "option")], operation })).toBe("own");
  });

  it("is none for an operation without authentication, and in a service without schemes", async () => {
    expect(await chosen({ service: [scheme("a", "option")], operation: { auth: "none" } })).toBeUndefined();
    expect(await chosen({})).toBeUndefined();
    expect(await chosen({ endpoint: ["sigv4"] })).toBeUndefined();
  });
});

describe("an endpoint that names schemes", () => {
  const [four, fourA] = [scheme("sigv4", "option"), scheme("sigv4a", "option", "sigv4")];

  it("chooses within a family, in its own order", async () => {
    expect(await chosen({ service: [four, fourA] })).toBe("sigv4");
    expect(await chosen({ service: [four, fourA], endpoint: ["sigv4a"] })).toBe("sigv4a");
    expect(await chosen({ service: [four, fourA], endpoint: ["sigv4a", "sigv4"] })).toBe("sigv4a");
    expect(await chosen({ service: [fourA, four], endpoint: ["sigv4", "sigv4a"] })).toBe("sigv4");
  });

  it("does not choose between families: the identity does", async () => {
    const token = scheme("bearer", "environment");
    expect(await chosen({ service: [four, token], endpoint: ["sigv4"] })).toBe("bearer");
    expect(await chosen({ service: [token, fourA, four], endpoint: ["sigv4a", "sigv4"] })).toBe("bearer");
    expect(await chosen({ service: [scheme("bearer", "none"), four], endpoint: ["sigv4"] })).toBe("sigv4");
  });

  it("skips schemes that the client does not have", async () => {
    expect(await chosen({ service: [four, fourA], endpoint: ["sigv4-s3express", "sigv4a"] })).toBe("sigv4a");
    expect(await chosen({ service: [four], endpoint: ["sigv4a", "sigv4"] })).toBe("sigv4");
  });

  it("fails the call where the client has none of them, and reports what to do", async () => {
    const failure = chosen({ service: [four, fourA], endpoint: ["sigv4-s3express"] });
    await expect(failure).rejects.toBeInstanceOf(EndpointError);
    await expect(failure).rejects.toThrow("must be signed with sigv4-s3express");
    await expect(chosen({ service: [four], endpoint: ["sigv4a"] })).rejects.toThrow("must be signed with sigv4a");
  });
});

describe("a request", () => {
  const noCredentials = new CredentialsError("none");

  it("is signed by the scheme of the call, without a promise where the identity is at hand", async () => {
    const context = await contextWith({ service: [scheme("a", "option")] });
    expect(authenticate(context)).toMatchObject({ headers: { authorization: "a" } });
  });

  it("is sent as it is where no scheme signs", async () => {
    const context = await contextWith({ service: [scheme("a", "option")], operation: { auth: "none" } });
    expect(authenticate(context)).toBe(context.request);
  });

  it("fails without an identity where the operation needs one", async () => {
    const service = [scheme("a", "chain", "a", noCredentials)];
    await expect(signedBy({ service })).rejects.toBe(noCredentials);
  });

  it("of an operation that needs none is unsigned if there is none, and signed where there is one", async () => {
    const operation = { auth: "optional" } as const;
    expect(await signedBy({ service: [scheme("a", "none")], operation })).toBeUndefined();
    expect(await signedBy({ service: [scheme("a", "chain", "a", noCredentials)], operation })).toBeUndefined();
    expect(await signedBy({ service: [scheme("a", "chain")], operation })).toBe("a");
    expect(await signedBy({ service: [scheme("a", "option")], operation })).toBe("a");
  });

  it("is not sent unsigned where an identity was given and fails, or for another error", async () => {
    const operation = { auth: "optional" } as const;
    for (const origin of ["environment", "option"] as const) {
      const service = [scheme("a", origin, "a", noCredentials)];
      await expect(signedBy({ service, operation })).rejects.toBe(noCredentials);
    }
    const broken = new TypeError("broken");
    await expect(signedBy({ service: [scheme("a", "chain", "a", broken)], operation })).rejects.toBe(broken);
  });
});
