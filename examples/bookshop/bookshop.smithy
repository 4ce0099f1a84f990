$version: "2.0"

namespace example.bookshop

use aws.protocols#restJson1
use smithy.protocols#rpcv2Cbor
use smithy.waiters#waitable

/// Books, and orders of books.
@title("Bookshop")
@restJson1
@rpcv2Cbor
@httpApiKeyAuth(name: "x-api-key", in: "header")
@paginated(inputToken: "nextToken", outputToken: "nextToken", pageSize: "pageSize")
service Bookshop {
    version: "2026-05-01"
    operations: [ListBooks, GetBook, PlaceOrder, GetOrder]
    errors: [ShopClosed]
}

/// Lists the books, by title.
@readonly
@paginated(items: "books")
@http(method: "GET", uri: "/books")
@optionalAuth
operation ListBooks {
    input := {
        /// Only books whose title contains this text.
        @httpQuery("title")
        title: ShortText

        @httpQuery("page-size")
        @range(min: 1, max: 100)
        pageSize: Integer

        @httpQuery("next-token")
        nextToken: String
    }

    output := {
        @required
        books: BookList

        nextToken: String
    }
}

/// Reads one book.
@readonly
@http(method: "GET", uri: "/books/{isbn}")
@optionalAuth
operation GetBook {
    input := {
        @required
        @httpLabel
        isbn: Isbn
    }

    output := with [BookFacts] {}

    errors: [NotFound]
}

/// Orders copies of a book. An order that is sent twice with one token is placed once.
@http(method: "POST", uri: "/orders", code: 201)
@examples([
    {
        title: "Order two copies"
        input: { isbn: "978-0-262-51087-5", copies: 2, shipTo: "1 Main Street" }
        output: { orderId: "o-1", state: "OPEN" }
    }
])
operation PlaceOrder {
    input := {
        @required
        isbn: Isbn

        @required
        @range(min: 1, max: 10)
        copies: Integer

        /// Where the books are shipped to.
        @required
        @sensitive
        @length(min: 5, max: 200)
        shipTo: String

        @idempotencyToken
        @httpHeader("idempotency-key")
        token: String
    }

    output := with [OrderFacts] {}

    errors: [NotFound, OutOfStock]
}

/// Reads an order.
@readonly
@http(method: "GET", uri: "/orders/{orderId}")
@waitable(
    OrderShipped: {
        documentation: "The order has left the shop."
        minDelay: 1
        maxDelay: 30
        acceptors: [
            {
                state: "success"
                matcher: { output: { path: "state", expected: "SHIPPED", comparator: "stringEquals" } }
            }
            {
                state: "failure"
                matcher: { output: { path: "state", expected: "CANCELLED", comparator: "stringEquals" } }
            }
        ]
    }
)
operation GetOrder {
    input := {
        @required
        @httpLabel
        orderId: String
    }

    output := with [OrderFacts] {}

    errors: [NotFound]
}

/// A book.
structure Book with [BookFacts] {}

@mixin
structure BookFacts {
    @required
    isbn: Isbn

    @required
    title: ShortText

    @required
    authors: Authors

    /// In cents.
    @required
    price: Integer

    published: Published
}

@mixin
structure OrderFacts {
    @required
    orderId: String

    @required
    state: OrderState

    placedAt: Timestamp
}

/// State of an order.
enum OrderState {
    /// Waits for the shop.
    OPEN

    SHIPPED

    CANCELLED
}

/// There is no such book or order.
@error("client")
@httpError(404)
structure NotFound {
    message: String
}

/// There are not enough copies.
@error("client")
@httpError(409)
structure OutOfStock {
    message: String

    /// Copies that are left.
    @required
    copies: Integer
}

/// The shop is closed for a moment.
@error("server")
@httpError(503)
@retryable
structure ShopClosed {
    message: String
}

/// With its hyphens.
@pattern("^97[89](-\\d+){3}-\\d$")
string Isbn

@length(min: 1, max: 200)
string ShortText

list BookList {
    member: Book
}

list Authors {
    member: ShortText
}

@timestampFormat("date-time")
timestamp Published
