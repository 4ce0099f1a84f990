import { globals, keywords } from "../ir/reserved.js";
import { lowerCamel } from "../text/lower-camel.js";

/** `sigv4 for s3-outposts` → `sigv4ForS3Outposts`. */
export function identifier(text: string, fallback: string): string {
  const words = text.split(/[^A-Za-z\d]+/).filter((word) => word !== "");
  const joined = words.map((word, index) => (index === 0 ? word : word[0]?.toUpperCase() + word.slice(1))).join("");
  return /^[A-Za-z]/.test(joined) ? lowerCamel(joined) : fallback;
}

/** The name, with a number if it is in use. Adds it to those in use. */
export function unused(name: string, used: Set<string>): string {
  let free = name;
  for (let number = 2; used.has(free) || keywords.has(free) || globals.has(free); number++) free = `${name}${number}`;
  used.add(free);
  return free;
}
