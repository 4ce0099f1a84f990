import { expectTypeOf, it } from "vitest";
import type { AWSError, Request, Response } from "#runtime/classic/index.js";
import { type Book, Books, options } from "./support.js";

type Output = { Book?: Book };

// Compiled; what is in it is never run.
function callbacks(service: Books): void {
  service.getBook({ Title: "A" }, function (err, data) {
    expectTypeOf(this).toEqualTypeOf<Response<Output, AWSError>>();
    if (err) {
      expectTypeOf(err).toEqualTypeOf<AWSError>();
      expectTypeOf(data).toEqualTypeOf<null>();
    } else {
      expectTypeOf(err).toEqualTypeOf<null>();
      expectTypeOf(data).toEqualTypeOf<Output>();
    }
  });
  service.listBooks((err, data) => {
    if (err) return;
    expectTypeOf(data.Books).toEqualTypeOf<Book[] | undefined>();
  });
  service.getBook({ Title: "A" }, (err: AWSError, data: Output) => {
    expectTypeOf(err.code).toEqualTypeOf<string>();
    expectTypeOf(data.Book?.Pages).toEqualTypeOf<number | undefined>();
  });
  service.listBooks((err: AWSError, data: { Token?: string }) => void [err, data]);
  service.getBook({ Title: "A" }, (err: AWSError | null, data: Output | null) => void [err, data]);
  service.getBook({ Title: "A" }, (err) => void err);
  service.getBook({ Title: "A" }, () => {});
  service.getBook({ Title: "A" }).send((err, data) => {
    if (!err) expectTypeOf(data).toEqualTypeOf<Output>();
  });
  service.getBook({ Title: "A" }).send((err: AWSError, data: Output) => void [err, data]);
  // @ts-expect-error a parameter that the operation has not
  service.getBook({ Titel: "A" });
  // @ts-expect-error data of another operation
  service.getBook({ Title: "A" }, (err: AWSError, data: { Books: string }) => void [err, data]);
}

function requests(service: Books): void {
  const request = service.getBook({ Title: "A" });
  expectTypeOf(request).toEqualTypeOf<Request<Output>>();
  expectTypeOf<Awaited<ReturnType<typeof request.promise>>["$response"]["data"]>().toEqualTypeOf<Output | null>();
  request
    .on("httpHeaders", (status, headers, response, message) => {
      expectTypeOf(status).toEqualTypeOf<number>();
      expectTypeOf(headers).toEqualTypeOf<Record<string, string>>();
      expectTypeOf(response).toEqualTypeOf<Response<Output>>();
      expectTypeOf(message).toEqualTypeOf<string>();
    })
    .on("error", (err, response) => {
      expectTypeOf(err).toEqualTypeOf<AWSError>();
      expectTypeOf(response.error).toEqualTypeOf<AWSError | null>();
    })
    .on("build", ({ httpRequest }) => {
      httpRequest.headers["X-Own"] = "1";
    })
    .onAsync("sign", (given, done) => {
      expectTypeOf(given).toEqualTypeOf<Request<Output>>();
      done(new Error());
    })
    .on("validate", () => {}, true)
    .send();
  request.eachPage((err, data, done) => {
    expectTypeOf(err).toEqualTypeOf<AWSError | null>();
    expectTypeOf(data).toEqualTypeOf<Output | null>();
    done();
  });
}

function byName(service: Books): void {
  expectTypeOf(service.makeRequest("getBook", { Title: "A" })).toEqualTypeOf<Request<Output>>();
  service.makeRequest("getBook", { Title: "A" }, (err, data) => {
    if (!err) expectTypeOf(data).toEqualTypeOf<Output>();
  });
  service.makeUnauthenticatedRequest("listBooks", (err, data) => {
    if (!err) expectTypeOf(data.Token).toEqualTypeOf<string | undefined>();
  });
  const name: string = "getBook";
  expectTypeOf(service.makeRequest(name)).toEqualTypeOf<Request<Record<string, unknown>>>();
  service.waitFor("bookPrinted", { Title: "A", $waiter: { delay: 1, maxAttempts: 2 } }, (err, data) => {
    if (!err) expectTypeOf(data).toEqualTypeOf<Output>();
  });
  class Own extends Books {
    override setupRequestListeners(request: Request): void {
      request.on("sign", () => {});
    }
  }
  expectTypeOf(new Own(options).getBook).toEqualTypeOf<Books["getBook"]>();
}

it("requests, callbacks and methods have the types that code relies on", () => {
  expectTypeOf(callbacks).toBeFunction();
  expectTypeOf(requests).toBeFunction();
  expectTypeOf(byName).toBeFunction();
});
