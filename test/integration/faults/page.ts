import { type Outcome, waitLimit } from "./fault.js";

export { groups } from "./table.js";

/** What became of a fault, in a cell of the page. */
export function cell({ outcome, message, requests, astray, milliseconds }: Outcome): string {
  const count = requests === 1 ? "1 request" : `${requests} requests`;
  if (outcome === "waiting") return `**still waiting after ${waitLimit / 1000} s**, ${count}`;
  const time = milliseconds < 100 ? "under 0.1 s" : `${(milliseconds / 1000).toFixed(1)} s`;
  const strayed = astray === 0 ? "" : `, **${astray} to the other host**`;
  const what = outcome === "succeeded" ? "succeeded" : `\`${outcome}${output(message)}\``;
  return `${what}, ${count}${strayed}, ${time}`;
}

/** The message on one line, without what differs from run to run, and no longer than a cell can bear. */
function output(message: string): string {
  const text = message
    .replaceAll(/(127\.0\.0\.1|localhost|nowhere\.test):\d+/g, "$1:PORT")
    .replaceAll(/port `\d+'/g, "port PORT")
    .replaceAll(/\d{5,} bytes of its/g, "N bytes of its")
    .replaceAll(/\s+/g, " ")
    .replaceAll(/[^\x20-\x7e]+/g, "�")
    .replaceAll("`", "'")
    .replaceAll("|", "\\|")
    .replace(/\.$/, "")
    .trim();
  if (text === "") return "";
  return `: ${text.length > 240 ? `${text.slice(0, 240)}…` : text}`;
}
