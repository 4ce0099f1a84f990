/** Where settings outside the code are looked for; handed in, so that nothing here depends on the process. */
export interface Environment {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Holds `.aws/config` and `.aws/credentials`. Default: `HOME` or `USERPROFILE`, else the system's answer. */
  readonly homeDirectory?: string | undefined;
}

/** That of this process; empty where there is none (a browser). */
export const processEnvironment: Environment = { env: typeof process === "undefined" ? {} : process.env };
