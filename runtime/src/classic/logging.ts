import { inspect } from "node:util";
import { redact } from "../schema/redact.js";
import type { Request } from "./request.js";

/** Writes a line to the configured logger for each request that has ended. */
export function addLogging(request: Request): void {
  const { response, service } = request;

  request.on("complete", () => {
    const { logger } = service.config;
    if (!logger) return;
    const line = lineOf(request, logger.isTTY === true);
    if (typeof logger.log === "function") logger.log(line);
    else if (typeof logger.write === "function") logger.write(`${line}\n`);
  });

  function lineOf({ operation, definition, params, startTime }: Request, isColoured: boolean): string {
    const seconds = (service.getSkewCorrectedDate().getTime() - startTime.getTime()) / 1000;
    const { statusCode } = response.httpResponse;
    const shown = inspect(definition ? redact(definition.input, params) : params, true, null);
    const head = `[AWS ${service.definition.serviceIdentifier} ${statusCode} ${seconds}s ${response.retryCount} retries]`;
    const call = `${operation}(${shown})`;
    return isColoured ? `\u001B[33m${head}\u001B[0;1m ${call}\u001B[0m` : `${head} ${call}`;
  }
}
