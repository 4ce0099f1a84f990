import domain from "node:domain";
import { including } from "../expected.js";
import { pause, type Scenario } from "../scenario.js";

const page = (token: string | undefined, ...names: string[]) => ({
  body: { Trails: names.map((Name) => ({ Name })), ...(token && { NextToken: token }) },
});
const three = [page("one", "a", "b"), page("two", "c"), page(undefined, "d")];
const status = (Status: string) => ({ body: { Status } });
const missing = { status: 400, body: { __type: "PondNotFoundException", message: "dry land" } };

/** Pages, items, and waiting. */
export const pages: readonly Scenario[] = [
  {
    name: "eachPage to the end",
    responses: three,
    run: ({ client, note, noteRequests }) =>
      new Promise<void>((resolve) => {
        client()
          .listTrails({})
          .eachPage((error, data) => {
            note(error, data);
            if (data === null) {
              noteRequests("body");
              resolve();
            }
            return true;
          });
      }),
  },
  {
    name: "eachPage that is stopped",
    responses: three,
    run: async ({ client, note }) => {
      client()
        .listTrails({})
        .eachPage((error, data) => {
          note(error, data);
          return false;
        });
      await pause(100);
    },
  },
  {
    name: "eachPage that is waited for",
    responses: three,
    run: ({ client, note }) =>
      new Promise<void>((resolve) => {
        client()
          .listTrails({})
          .eachPage((error, data, done) => {
            note(error, data);
            if (data === null) resolve();
            else setTimeout(() => done?.(), 10);
          });
      }),
  },
  {
    name: "eachPage that fails",
    responses: [page("one", "a"), { status: 400, body: { __type: "InvalidNextTokenException", message: "no" } }],
    run: async ({ client, note }) => {
      client()
        .listTrails({})
        .eachPage((error, data) => {
          note(error, data);
          return true;
        });
      await pause(150);
    },
    deviation: {
      why: "an error is the end, and told once",
      theirs: { notes: { length: 6 } },
      ours: { notes: { length: 4 } },
    },
  },
  {
    name: "eachItem to the end",
    responses: three,
    run: ({ client, note }) =>
      new Promise<void>((resolve) => {
        client()
          .listTrails({})
          .eachItem((error, item) => {
            note(error, item);
            if (item === null) resolve();
            return true;
          });
      }),
  },
  {
    name: "eachItem that is stopped",
    responses: three,
    run: async ({ client, note }) => {
      let count = 0;
      client()
        .listTrails({})
        .eachItem((error, item) => {
          note(error, item);
          return ++count < 2;
        });
      await pause(100);
    },
  },
  {
    name: "hasNextPage and nextPage",
    responses: three,
    run: async ({ client, note }) => {
      const first = await client().listTrails({}).promise();
      note(first.$response?.hasNextPage());
      const second = first.$response?.nextPage();
      const data = await second?.promise();
      note(data, second?.params, data?.$response?.hasNextPage());
      const third = await data?.$response?.nextPage()?.promise();
      note(third, third?.$response?.hasNextPage(), third?.$response?.nextPage());
    },
  },
  {
    name: "nextPage with a callback",
    responses: three,
    run: async ({ client, noting }) => {
      const first = await client().listTrails({}).promise();
      const { callback, called } = noting();
      first.$response?.nextPage(callback);
      await called;
    },
  },
  {
    name: "nextPage with a callback, after the last page",
    responses: [page(undefined, "a")],
    run: async ({ client, noting }) => {
      const last = await client().listTrails({}).promise();
      const { callback, called } = noting();
      last.$response?.nextPage(callback);
      await called;
    },
  },
  {
    name: "an operation that has no pages",
    responses: [{ body: {} }],
    run: async ({ client, note }) => {
      const request = client().getTrail({ Name: "audit" });
      const { $response } = await request.promise();
      note(request.isPageable(), $response?.hasNextPage());
      $response?.nextPage();
    },
  },
  {
    name: "eachPage of an operation that has no pages",
    responses: [{ body: { Trail: { Name: "audit" } } }],
    run: ({ client, note }) =>
      new Promise<void>((resolve) => {
        client()
          .getTrail({ Name: "audit" })
          .eachPage((error, data) => {
            note(error, data);
            if (data === null) resolve();
            return true;
          });
      }),
  },
  {
    name: "the token of a page goes with the parameters",
    responses: three,
    run: async ({ client, noteRequests }) => {
      await new Promise<void>((resolve) => {
        client()
          .listPublicKeys({ StartTime: new Date(0) })
          .eachPage((_error, data) => {
            if (data === null) resolve();
            return true;
          });
      });
      noteRequests("body");
    },
  },
  {
    name: "pages that name themselves as the next",
    responses: [page("again", "a")],
    run: async ({ client, note }) => {
      let count = 0;
      client()
        .listTrails({})
        .eachPage((error) => {
          if (error) note(error);
          return ++count < 5;
        });
      await pause(400);
    },
    deviation: {
      why: "pages that never end are an error",
      theirs: { requests: 5 },
      ours: { requests: 2, notes: [{ code: "PaginationError", message: including("NextToken that it was sent") }] },
    },
  },
  {
    name: "eachItem where the model does not say what the items are",
    responses: [{ body: { Frogs: ["a", "b"] } }],
    run: async ({ pond, note }) => {
      const own = domain.create();
      own.on("error", (error) => note({ uncaught: error }));
      own.run(() =>
        pond()
          .listFrogs({})
          .eachItem((error, item) => void note(error, item)),
      );
      await pause(150);
    },
    deviation: {
      why: "the only list of the output holds them",
      theirs: { notes: [{ uncaught: { name: "TypeError" } }] },
      ours: { notes: [null, "a", null, "b", null, null] },
    },
  },
  {
    name: "isPageable of an operation that has one page with a list",
    responses: [{ body: { trailList: [{ Name: "a" }] } }],
    run: async ({ client, note }) => {
      const request = client().describeTrails({});
      const { $response } = await request.promise();
      note(request.isPageable(), $response?.hasNextPage());
    },
    deviation: {
      why: "the model reports pages only where there is a token",
      theirs: { notes: [true, false] },
      ours: { notes: [false, "(undefined)"] },
    },
  },
  {
    name: "isPageable",
    run: ({ client, note }) => {
      const cloudtrail = client();
      note(
        cloudtrail.listTrails().isPageable(),
        cloudtrail.lookupEvents().isPageable(),
        cloudtrail.getTrail().isPageable(),
      );
    },
  },
  {
    name: "pages of a service that is defined at run time",
    responses: [{ body: { Fish: ["a", "b"], NextToken: "t" } }, { body: { Fish: ["c"] } }],
    run: ({ pond, note }) =>
      new Promise<void>((resolve) => {
        pond()
          .listFish({ Limit: 2 })
          .eachItem((error, item) => {
            note(error, item);
            if (item === null) resolve();
            return true;
          });
      }),
  },
  {
    name: "waitFor until the state is there",
    responses: [missing, status("FILLING"), status("FULL")],
    run: async ({ pond, noting, noteRequests }) => {
      const { callback, called } = noting();
      pond().waitFor("pondFilled", { Name: "p" }, callback);
      await called;
      noteRequests("body");
    },
  },
  {
    name: "waitFor by a promise",
    responses: [status("FULL")],
    run: async ({ pond, note }) => note(await pond().waitFor("pondFilled", { Name: "p" }).promise()),
  },
  {
    name: "waitFor what fails",
    responses: [status("DRY")],
    run: async ({ pond, noting }) => {
      const { callback, called } = noting();
      pond().waitFor("pondFilled", { Name: "p" }, callback);
      await called;
    },
  },
  {
    name: "waitFor what never comes",
    responses: [status("FILLING")],
    run: async ({ pond, noting }) => {
      const { callback, called } = noting();
      pond().waitFor("pondFilled", { Name: "p", $waiter: { delay: 0, maxAttempts: 3 } }, callback);
      await called;
    },
  },
  {
    name: "waitFor, and an unexpected error",
    responses: [{ status: 400, body: { __type: "AccessDenied", message: "no" } }],
    run: async ({ pond, noting }) => {
      const { callback, called } = noting();
      pond().waitFor("pondFilled", { Name: "p" }, callback);
      await called;
    },
  },
  { name: "waitFor a state that there is not", run: ({ pond }) => pond().waitFor("pondDug", {}) },
];
