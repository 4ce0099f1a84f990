// A customer of a bookshop, over both protocols of its model: node dist/main.js
import * as cbor from "./client/cbor/src/index.js";
import * as rest from "./client/rest/src/index.js";
import { apiKey, startBookshop } from "./server.js";

for (const bookshop of [rest, cbor]) {
  const { BookshopClient, BookshopModel, OutOfStock, paginateListBooks, placeOrder, waitUntilOrderShipped } = bookshop;
  console.log(BookshopModel.service.protocol.id);
  const shop = await startBookshop(bookshop);
  // No Region, no credentials: the endpoint, and an API key because the model says so.
  const client = new BookshopClient({ endpoint: shop.endpoint, apiKey });

  for await (const { title, price } of paginateListBooks(client).items({ limit: 5 })) {
    console.log(`${title}: ${(price / 100).toFixed(2)}`);
  }
  console.log(`${shop.requests.length} requests, of which the first failed with ${shop.requests[0]?.error}`);

  try {
    await placeOrder(client, { isbn: "978-0-14-043000-1", copies: 9, shipTo: "1 Main Street" });
  } catch (error) {
    if (!(error instanceof OutOfStock)) throw error;
    console.log(`${error.name}: ${error.message} ${error.copies} are left.`);
  }

  // The client sends an idempotency token, so that a retry places no second order.
  const { orderId } = await placeOrder(client, { isbn: "978-0-14-043000-1", copies: 2, shipTo: "1 Main Street" });
  const order = await waitUntilOrderShipped(client, { orderId }, { maxWaitTime: 10, minDelay: 0.1 });
  console.log(`${orderId}: ${order.state}`);

  await client.close();
  await shop.close();
}
