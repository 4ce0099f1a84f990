import type { Socket } from "node:net";

/** What is needed of undici's parser, which hangs at the socket. */
interface Parser {
  readonly paused: boolean;
  shouldKeepAlive: boolean;
  resume(): void;
}

/**
 * Has a response that is paused survive the end of its connection. undici before 8 asserts that no parser is paused when a
 * connection ends whose response was to be its last one, and that assertion ends the process. So whoever is paused goes on
 * before undici looks. A release without such parsers is left as it is.
 *
 * @see https://github.com/nodejs/undici/issues/5360
 */
export function guardPauses(socket: Socket): void {
  socket.prependListener("end", () => pausedParser(socket)?.resume());
  socket.prependListener("error", () => {
    const parser = pausedParser(socket);
    // Of a response that others could follow, undici reports the error as it is, and does not try to finish it.
    if (parser) parser.shouldKeepAlive = true;
  });
}

function pausedParser(socket: Socket): Parser | undefined {
  const key = Object.getOwnPropertySymbols(socket).find(({ description }) => description === "parser");
  const parser = key && (socket as unknown as Readonly<Record<symbol, Partial<Parser> | null>>)[key];
  return parser?.paused === true && typeof parser.resume === "function" ? (parser as Parser) : undefined;
}
