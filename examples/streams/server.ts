import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

export interface ObjectStore {
  readonly endpoint: string;
  close(): void;
}

/** An object store on loopback that keeps objects in memory: PUT and GET of a path, with ranges such as `bytes=0-99`. */
export async function startObjectStore(): Promise<ObjectStore> {
  const objects = new Map<string, Buffer>();
  const server = createServer((request, response) => {
    const key = request.url ?? "/";
    if (request.method === "PUT") {
      buffer(request).then(
        (body) => {
          objects.set(key, body);
          response.end();
        },
        (error: Error) => response.destroy(error),
      );
      return;
    }
    const object = objects.get(key);
    if (!object) {
      response.writeHead(404, { "x-amzn-errortype": "NoSuchKey" }).end(JSON.stringify({ message: `no object ${key}` }));
      return;
    }
    const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? "") ?? [];
    const body = first === undefined ? object : object.subarray(Number(first), Number(last) + 1);
    response.writeHead(first === undefined ? 200 : 206, { "content-length": body.length }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { endpoint: `http://127.0.0.1:${port}`, close: () => server.close() };
}
