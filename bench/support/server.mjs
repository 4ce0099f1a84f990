// The service that every contestant calls, in its own process, so that only the work of the client is measured.
// Sends its address to its parent and ends with it.
import { createServer } from "node:http";
import { responses } from "./responses.mjs";

const server = createServer((request, response) => {
  const operation = String(request.headers["x-amz-target"]).split(".").at(-1) ?? "";
  const body = Object.entries(responses).find(([name]) => name === operation)?.[1] ?? Buffer.from("{}");
  request.resume().on("end", () => {
    response.writeHead(200, {
      "content-type": "application/x-amz-json-1.1",
      "x-amzn-requestid": "0a1b2c3d-4e5f-6789-abcd-ef0123456789",
      "content-length": body.byteLength,
    });
    response.end(body);
  });
});
server.keepAliveTimeout = 120_000;
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  if (address && typeof address === "object") process.send?.(`http://127.0.0.1:${address.port}`);
});
process.on("disconnect", () => process.exit());
