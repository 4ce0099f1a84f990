import { type LocalService, paginated, startLocalService } from "@clientsmith/runtime/testing";
import type * as bookshop from "./client/rest/src/index.js";

/** What the server needs of a generated package, whatever its protocol. */
export type Bookshop = Pick<typeof bookshop, "BookshopModel" | "NotFound" | "OutOfStock" | "ShopClosed">;

export const apiKey = "a-key-of-a-customer";

const titles = ["Emma", "Middlemarch", "Persuasion", "The Portrait of a Lady", "The Waves", "To the Lighthouse"];

const books: readonly bookshop.Book[] = titles.map((title, index) => ({
  isbn: `978-0-14-043${String(index).padStart(3, "0")}-1`,
  title,
  authors: ["Various"],
  price: 900 + 50 * index,
}));

/** Milliseconds until an order has left the shop. */
const shippingTime = 300;

interface Order {
  readonly orderId: string;
  readonly placedAt: Date;
}

/**
 * A bookshop in memory, on a free port of 127.0.0.1: the protocol, the routes, the checks of inputs and the headers come from
 * the model. The first request finds the shop closed, which clients retry.
 */
export function startBookshop({ BookshopModel, NotFound, OutOfStock, ShopClosed }: Bookshop): Promise<LocalService> {
  const orders = new Map<string, Order>();
  const byToken = new Map<string, Order>();

  const bookOf = (isbn: string): bookshop.Book => {
    const book = books.find((each) => each.isbn === isbn);
    if (!book) throw new NotFound({ message: `There is no book ${isbn}.` });
    return book;
  };
  const stateOf = ({ orderId, placedAt }: Order): bookshop.GetOrderOutput => {
    const isShipped = Date.now() - placedAt.getTime() >= shippingTime;
    return { orderId, placedAt, state: isShipped ? "SHIPPED" : "OPEN" };
  };

  return startLocalService({
    service: BookshopModel,
    faults: ({ number }) => (number === 1 ? { error: new ShopClosed({ message: "Back in a moment." }) } : undefined),
    handlers: {
      listBooks: paginated(({ title = "" }) => ({ books: books.filter((book) => book.title.includes(title)) }), {
        pageSize: 4,
      }),
      getBook: ({ isbn }) => bookOf(isbn),
      placeOrder({ isbn, copies, token = "" }, { request }) {
        if (request.headers["x-api-key"] !== apiKey)
          throw { name: "Forbidden", status: 403, message: "Unknown API key" };
        bookOf(isbn);
        if (copies > 5) throw new OutOfStock({ message: "There are not enough copies.", copies: 5 });
        const order = byToken.get(token) ?? { orderId: `o-${orders.size + 1}`, placedAt: new Date() };
        orders.set(order.orderId, order);
        byToken.set(token, order);
        return stateOf(order);
      },
      getOrder({ orderId }) {
        const order = orders.get(orderId);
        if (!order) throw new NotFound({ message: `There is no order ${orderId}.` });
        return stateOf(order);
      },
    },
  });
}
