// Copies a file to an object store and back: node dist/main.js FILE. Both ways it is a stream, so that memory holds a few
// kilobytes of it at a time, whatever its size.
import { createReadStream, createWriteStream } from "node:fs";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { testCredentials } from "@clientsmith/runtime/testing";
import { getObject, NoSuchKey, ObjectStoreClient, putObject } from "./client/src/index.js";
import { startObjectStore } from "./server.js";

const [file = "main.ts"] = process.argv.slice(2);
const folder = await mkdtemp(join(tmpdir(), "streams-"));
const store = await startObjectStore();
const client = new ObjectStoreClient({
  region: "us-east-1",
  endpoint: store.endpoint,
  credentials: testCredentials,
});

try {
  // A body is text, bytes, a Blob or any stream. The client reads a stream only as fast as the service accepts it.
  await putObject(client, { Key: "copies/1", Body: createReadStream(file) });

  // The output is there with the headers; its body arrives while it is read.
  const { Body, ContentLength } = await getObject(client, { Key: "copies/1" });
  const copy = join(folder, "copy");
  await pipeline(Body, createWriteStream(copy));
  console.log(`${ContentLength} bytes announced, ${(await stat(copy)).size} bytes received`);

  // A small body can be read at once.
  const start = await getObject(client, { Key: "copies/1", Range: "bytes=0-99" });
  console.log(await start.Body.text());

  await getObject(client, { Key: "copies/2" });
} catch (error) {
  if (!(error instanceof NoSuchKey)) throw error;
  console.log(`${error.name}: ${error.message}`);
} finally {
  await client.close();
  store.close();
  await rm(folder, { recursive: true });
}
