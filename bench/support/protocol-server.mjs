// Responds to every request as its scenario defines, in its own process. Sends its address to its parent and ends with it.
import { createServer } from "node:http";
import { scenarios } from "./scenarios.mjs";

const scenario = scenarios[process.argv[2] ?? ""];
if (!scenario) throw new Error("no such scenario");
const { headers, body } = scenario.response;
const bytes = Buffer.from(body);
const server = createServer((request, response) => {
  request.resume().on("end", () => {
    response.writeHead(200, {
      ...headers,
      "x-amzn-requestid": "0a1b2c3d-4e5f-6789-abcd-ef0123456789",
      "content-length": bytes.byteLength,
    });
    response.end(bytes);
  });
});
server.keepAliveTimeout = 120_000;
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  if (address && typeof address === "object") process.send?.(`http://127.0.0.1:${address.port}`);
});
process.on("disconnect", () => process.exit());
