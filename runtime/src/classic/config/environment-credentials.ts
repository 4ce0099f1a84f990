import { awsError } from "../aws-error.js";
import { Credentials } from "./credentials.js";
import type { AWSError } from "../types.js";

/** Credentials in environment variables of a prefix: `AWS` for `AWS_ACCESS_KEY_ID` and the others. Read at once. */
export class EnvironmentCredentials extends Credentials {
  readonly envPrefix: string;

  constructor(envPrefix = "") {
    super("", "");
    this.envPrefix = envPrefix;
    // A missing variable is reported when the keys are used.
    this.refresh(() => {});
  }

  override refresh(callback: (error?: AWSError) => void): void {
    const prefix = this.envPrefix ? `${this.envPrefix}_` : "";
    const read = (name: string): string | undefined => process.env[prefix + name] || undefined;
    const missing = ["ACCESS_KEY_ID", "SECRET_ACCESS_KEY"].find((name) => read(name) === undefined);
    if (missing !== undefined) {
      const message = `Variable ${prefix}${missing} not set.`;
      return callback(awsError(new Error(message), { code: "EnvironmentCredentialsProviderFailure" }));
    }
    this.expired = false;
    this.accessKeyId = read("ACCESS_KEY_ID") ?? "";
    this.secretAccessKey = read("SECRET_ACCESS_KEY") ?? "";
    this.sessionToken = read("SESSION_TOKEN");
    callback();
  }
}
