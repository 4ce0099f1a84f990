// A page that lists the books of a bookshop and orders them. `npm run page` builds it.
import { BookshopClient } from "./client/rest/src/client.js";
import { waitUntilOrderShipped } from "./client/rest/src/operations/getOrder.js";
import { paginateListBooks } from "./client/rest/src/operations/listBooks.js";
import { placeOrder } from "./client/rest/src/operations/placeOrder.js";

const endpoint = import.meta.env["VITE_ENDPOINT"] as string;

/** Everybody may look; who orders needs a key. A page has no secrets, so that its user enters it. */
const clientFor = (apiKey?: string): BookshopClient => new BookshopClient({ endpoint, apiKey });

function say(text: string): void {
  const status = document.querySelector("[role=status]");
  if (status) status.textContent = text;
}

async function order(isbn: string): Promise<void> {
  const client = clientFor(document.querySelector<HTMLInputElement>("#key")?.value);
  try {
    const { orderId } = await placeOrder(client, { isbn, copies: 1, shipTo: "1 Main Street" });
    say(`${orderId} is placed`);
    await waitUntilOrderShipped(client, { orderId }, { maxWaitTime: 30 });
    say(`${orderId} is shipped`);
  } catch (error) {
    say(String(error));
  } finally {
    await client.close();
  }
}

const client = clientFor();
try {
  for await (const { isbn, title } of paginateListBooks(client).items()) {
    const button = Object.assign(document.createElement("button"), {
      textContent: "Order",
      onclick: () => order(isbn),
    });
    const item = Object.assign(document.createElement("li"), { textContent: `${title} ` });
    item.append(button);
    document.querySelector("ul")?.append(item);
  }
} catch (error) {
  say(String(error));
}
