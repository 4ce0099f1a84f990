import { type CommandName, helpText, type Invocation, parseCommandLine, UsageError } from "./commands.js";
import { InterruptedError } from "./interrupt.js";
import { type CliIo, terminal, type Terminal } from "./terminal.js";
import { version } from "./version.js";

export type { CliIo } from "./terminal.js";

type Run = (invocation: Invocation, io: CliIo, terminal: Terminal) => Promise<number>;

// Loaded on demand, so that `--help` does not load a compiler.
const runs: Readonly<Record<CommandName, () => Promise<Run>>> = {
  generate: async () => (await import("./generate.js")).runGenerate,
  validate: async () => (await import("./validate.js")).runValidate,
  inspect: async () => (await import("./inspect.js")).runInspect,
  convert: async () => (await import("./convert.js")).runConvert,
  migrate: async () => (await import("./migrate.js")).runMigrate,
  diff: async () => (await import("./diff.js")).runDiff,
  init: async () => (await import("./init.js")).runInit,
};

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
    if (command === undefined)
      throw new UsageError("A command is missing: generate, validate, inspect, convert, migrate, diff or init.");
    const run = await runs[command]();
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
