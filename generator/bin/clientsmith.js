#!/usr/bin/env node
import { existsSync } from "node:fs";

const entry = new URL("../dist/cli/main.js", import.meta.url);
if (existsSync(entry)) {
  const { main } = await import(entry.href);
  const { stdout, stderr, env } = process;
  // A reader such as `head` may close the pipe early, which is no failure.
  stdout.on("error", (error) => {
    if (error.code !== "EPIPE") throw error;
  });
  const terminals = { isTTY: stderr.isTTY === true, isStdoutTTY: stdout.isTTY === true };
  process.exitCode = await main(process.argv.slice(2), { stdout, stderr, cwd: process.cwd(), env, ...terminals });
} else {
  process.stderr.write("clientsmith is not built yet: run npm ci, or npm run build, at the root of the repository.\n");
  process.exitCode = 1;
}
