/** The forms that browsers send to S3, and the policies that allow them; written for these tests only. */

export interface Form {
  /** By lower-case name, as S3 compares them. */
  readonly fields: ReadonlyMap<string, string>;
  readonly file: Buffer;
  readonly fileName: string;
}

export async function readForm(contentType: string, body: Buffer): Promise<Form> {
  const form = await new Response(new Uint8Array(body), { headers: { "content-type": contentType } }).formData();
  const fields = new Map<string, string>();
  let file: File | undefined;
  for (const [name, value] of form) {
    if (typeof value === "string") fields.set(name.toLowerCase(), value);
    else file = value;
  }
  if (!file) throw new Error("the form has no file");
  return { fields, file: Buffer.from(await file.arrayBuffer()), fileName: file.name };
}

type Condition = Readonly<Record<string, string>> | readonly [string, string | number, string | number];

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html */
export function checkPolicy({ fields, file }: Form): void {
  const policy = JSON.parse(Buffer.from(fields.get("policy") ?? "", "base64").toString()) as {
    readonly expiration: string;
    readonly conditions: readonly Condition[];
  };
  if (!(Date.parse(policy.expiration) > Date.now())) throw new Error("Invalid according to Policy: Policy expired.");
  const covered = new Set(["policy", "x-amz-signature"]);
  const fail = (condition: Condition): never => {
    throw new Error(`Invalid according to Policy: Policy Condition failed: ${JSON.stringify(condition)}`);
  };
  for (const condition of policy.conditions) {
    const [operator, subject, value] = isList(condition)
      ? condition
      : ["eq", `$${Object.keys(condition)[0]}`, Object.values(condition)[0]];
    if (operator === "content-length-range") {
      if (file.length < Number(subject) || file.length > Number(value)) fail(condition);
      continue;
    }
    const name = String(subject).slice(1).toLowerCase();
    const given = fields.get(name) ?? "";
    covered.add(name);
    if (operator === "eq" ? given !== value : !given.startsWith(String(value))) fail(condition);
  }
  const extra = [...fields.keys()].find((name) => !covered.has(name));
  if (extra !== undefined) throw new Error(`Invalid according to Policy: Extra input fields: ${extra}`);
}

function isList(condition: Condition): condition is Exclude<Condition, Readonly<Record<string, string>>> {
  return Array.isArray(condition);
}
