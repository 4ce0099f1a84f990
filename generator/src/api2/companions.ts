import { isJsonObject, type Json } from "../ast/json.js";
import { quote } from "../ast/quote.js";
import { inside, type PathPlace } from "../ast/source.js";
import type { Api2Context } from "./context.js";
import { readPaginator } from "./pagination.js";
import type { PathPlaced } from "./read.js";
import { readWaiter } from "./waiters.js";

/**
 * Files that stand beside a description, by its name: `paginators-1.json` and `waiters-2.json` beside `api-2.json` and
 * `service-2.json`, `x.paginators.json` and `x.waiters2.json` beside `x.min.json` and `x.json`.
 */
export function companionNames(file: string): readonly string[] {
  const stem = file.replace(/(\.(min|normal))?\.json$/, "");
  if (stem === file) return [];
  if (/(^|[\\/])(api|service)-2$/.test(stem)) {
    const folder = stem.replace(/(api|service)-2$/, "");
    return [`${folder}paginators-1.json`, `${folder}waiters-2.json`];
  }
  return [`${stem}.paginators.json`, `${stem}.waiters2.json`];
}

/** Reads paginators and waiters: those of the description itself, as aws-sdk 2 joins them, and those of files beside it. */
export function readCompanions(
  api: Json,
  place: PathPlace,
  companions: readonly PathPlaced[],
  context: Api2Context,
): void {
  for (const key of ["pagination", "paginators"]) readAll(api, key, place, context, readPaginator);
  readWaiters(api, place, context);
  for (const { value, place: at } of companions) {
    if (!isJsonObject(value) || !(isJsonObject(value["pagination"]) || isJsonObject(value["waiters"]))) {
      context.error(
        "invalid-companion",
        'The file has neither "pagination" nor "waiters", which it stands here for.',
        at,
      );
      continue;
    }
    readAll(value, "pagination", at, context, readPaginator);
    readWaiters(value, at, context);
  }
}

/** Only version 2 of waiters says what to look at; it stands in a file of its own, not where they are joined. */
function readWaiters(json: Json, place: PathPlace, context: Api2Context): void {
  const { waiters, version } = json;
  if (waiters !== undefined && version !== undefined && Number(version) !== 2) {
    context.error("unknown-version", "The version of waiters must be 2.", inside(place, "version"));
    return;
  }
  readAll(json, "waiters", place, context, readWaiter);
}

type ReadOne = (name: string, json: Json, place: PathPlace, context: Api2Context) => void;

function readAll(json: Json, key: string, place: PathPlace, context: Api2Context, read: ReadOne): void {
  const at = inside(place, key);
  for (const [name, value] of Object.entries(context.object(json, key, place) ?? {})) {
    if (isJsonObject(value)) read(name, value, inside(at, name), context);
    else context.error("invalid-companion", `${quote(name)} must be an object.`, inside(at, name));
  }
}
