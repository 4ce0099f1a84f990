/** HTML forms that upload to Amazon S3. */
import { schemeOf } from "../auth/support/authenticate.js";
import type { CallingClient } from "../call/invoke.js";
import { rejectUnknownOptions } from "../client/check-options.js";
import { signingTargetOf } from "../endpoints/signing-target.js";
import { ConfigurationError } from "../errors/client.js";
import type { CallContext } from "../features/context.js";
import type { Operation } from "../schema/service.js";
import { checkExpiry } from "../signing/presign.js";
import { expiryOf } from "./expiry.js";
import { postFields } from "./post-fields.js";
import { type PostCondition, signedPolicy } from "./policy.js";
import { prepareOnly, type PreparationOptions, preparationOptionNames } from "./prepare-only.js";

export type { PostCondition } from "./policy.js";

export interface PresignPostOptions extends PreparationOptions {
  /** Seconds that the form stays valid, 1 to 604,800 (a week). Default 900. */
  readonly expiresIn?: number | undefined;
  /** Conditions beside those that each field has the value that it has here. */
  readonly conditions?: readonly PostCondition[] | undefined;
  /** Fields that are no members of the input, such as `success_action_status`. */
  readonly fields?: Readonly<Record<string, string>> | undefined;
}

/** A form that anyone can send until it expires, as `multipart/form-data`. */
export interface PresignedPost {
  /** The `action` of the form. */
  readonly url: string;
  /** The fields before the last one, which is named `file` and holds the file. */
  readonly fields: Readonly<Record<string, string>>;
  /** When it expires: `expiresIn` after it was signed, or earlier if the credentials that signed it expire earlier. */
  readonly expiresAt: Date;
}

/** The members of an input that locate an object. */
interface ObjectPlace {
  readonly Bucket?: string | undefined;
  readonly Key?: string | undefined;
}

/**
 * Signs a policy by which a form may upload an object to Amazon S3:
 * `presignPost(client, putObject$, { Bucket, Key: "user/${filename}" }, { conditions })`. Members of the input, such as
 * `ContentType`, become fields. A key that ends in `${filename}` gets the name of the uploaded file.
 *
 * @throws ConfigurationError for a bucket that takes no forms: S3 Express and Multi-Region Access Points
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-post-example.html
 */
export async function presignPost<Input extends ObjectPlace>(
  client: CallingClient,
  operation: Operation<Input>,
  input: Input,
  options: PresignPostOptions = {},
): Promise<PresignedPost> {
  rejectUnknownOptions(options, [...preparationOptionNames, "expiresIn", "conditions", "fields"], "presignPost");
  const { expiresIn = 900, conditions = [], fields = {}, ...others } = options;
  checkExpiry(expiresIn);
  const finish = (context: CallContext): Promise<PresignedPost> => sign(context, { expiresIn, conditions, fields });
  return (await prepareOnly(client, operation, input, others, finish)) as PresignedPost;
}

type Policy = Required<{ [Name in "expiresIn" | "conditions" | "fields"]: NonNullable<PresignPostOptions[Name]> }>;

async function sign(context: CallContext, { expiresIn, conditions, fields: more }: Policy): Promise<PresignedPost> {
  const { client, target, state } = context;
  const signing = schemeOf(context)?.name === "sigv4" && signingTargetOf(target, client.service, "sigv4");
  if (!signing) throw takesNoForms(context);
  const credentials = await client.credentials.get(context);
  state.signedWith = credentials;
  state.signedAt = client.clock.now();
  const { Bucket = "", Key = "" } = context.input as ObjectPlace;
  const expiresAt = expiryOf(context, expiresIn);
  const { signedAt } = state;
  const by = { ...signing, credentials, signedAt, expiresAt, keyCache: client.signingKeys };
  const fields = signedPolicy({ ...postFields(context), ...more, bucket: Bucket }, [...conditions], by, {
    name: "key",
    value: Key,
    condition: keyCondition(Key),
  });
  return { url: new URL(target.url).href, fields, expiresAt };
}

/** The browser puts the name of the file in place of `${filename}`. */
function keyCondition(key: string): PostCondition {
  const end = "${filename}";
  return key.endsWith(end) ? ["starts-with", "$key", key.slice(0, -end.length)] : { key };
}

function takesNoForms({ operation, target }: CallContext): ConfigurationError {
  return new ConfigurationError(
    `${target.url} takes no forms: it needs another signature than AWS Signature Version 4. Presign ${operation.name} instead.`,
  );
}
