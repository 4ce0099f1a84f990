// A page that lists the books of a bookshop and orders them. `npm run page` builds it.
import { InfiniteQueryObserver, MutationObserver, QueryClient } from "@tanstack/query-core";
import { BookshopClient } from "./client/rest/src/client.js";
import { waitUntilOrderShipped } from "./client/rest/src/operations/getOrder.js";
import { listBooksInfiniteQuery, placeOrderMutation } from "./client/rest/src/tanstack-query.js";

const endpoint = import.meta.env["VITE_ENDPOINT"] as string;

/** Everybody may look; who orders needs a key. A page has no secrets, so that its user enters it. */
const clientFor = (apiKey?: string): BookshopClient => new BookshopClient({ endpoint, apiKey });

const queries = new QueryClient();
const more = document.querySelector<HTMLButtonElement>("#more");

function say(text: string): void {
  const status = document.querySelector("[role=status]");
  if (status) status.textContent = text;
}

async function order(isbn: string): Promise<void> {
  const client = clientFor(document.querySelector<HTMLInputElement>("#key")?.value);
  try {
    const mutation = new MutationObserver(queries, placeOrderMutation(client));
    const { orderId } = await mutation.mutate({ isbn, copies: 1, shipTo: "1 Main Street" });
    say(`${orderId} is placed`);
    await waitUntilOrderShipped(client, { orderId }, { maxWaitTime: 30 });
    say(`${orderId} is shipped`);
  } catch (error) {
    say(String(error));
  } finally {
    await client.close();
  }
}

// The options come from the plug-in in ../plugins/tanstack-query. With React it would be `useInfiniteQuery(…)`.
const books = new InfiniteQueryObserver(queries, listBooksInfiniteQuery(clientFor()));
books.subscribe(({ data, error, hasNextPage, isFetching }) => {
  const shown = (data?.pages ?? []).flatMap((page) => page.books);
  const items = shown.map(({ isbn, title }) => {
    const button = Object.assign(document.createElement("button"), {
      textContent: "Order",
      onclick: () => order(isbn),
    });
    const item = Object.assign(document.createElement("li"), { textContent: `${title} ` });
    item.append(button);
    return item;
  });
  document.querySelector("ul")?.replaceChildren(...items);
  if (more) more.hidden = !hasNextPage || isFetching;
  if (error) say(String(error));
});
more?.addEventListener("click", () => books.fetchNextPage());
