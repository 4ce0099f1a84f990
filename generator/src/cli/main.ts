import { commands, helpText, parseCommandLine } from "./commands.js";
import { UsageError } from "./invocation.js";
import { InterruptedError } from "./interrupt.js";
import { type CliIo, terminal } from "./terminal.js";
import { version } from "./version.js";

export type { CliIo } from "./terminal.js";

/**
 * Runs a command line (`process.argv` without the first two elements). Returns the exit code: 0 success, 1 a model, a
 * file or the check failed, 2 invalid usage, 130 or 143 interrupted by SIGINT or SIGTERM.
 */
export async function main(argv: readonly string[], io: CliIo): Promise<number> {
  const out = terminal(io);
  try {
    const invocation = parseCommandLine(argv);
    const { command } = invocation;
    if (invocation.help || (command === undefined && argv.length === 0)) {
      io.stdout.write(helpText(command));
      return 0;
    }
    if (invocation.version) {
      io.stdout.write(`${version()}\n`);
      return 0;
    }
    if (command === undefined) throw new UsageError(`A command is missing: ${Object.keys(commands).join(", ")}.`);
    const run = await commands[command].load();
    return await run(invocation, io, out);
  } catch (error) {
    if (error instanceof UsageError) {
      out.error(error.message);
      io.stderr.write("Run clientsmith --help for usage.\n");
      return 2;
    }
    if (error instanceof InterruptedError) {
      out.error(error.message);
      return error.exitCode;
    }
    throw error;
  }
}
