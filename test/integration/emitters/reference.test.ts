import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { runInNewContext } from "node:vm";
import { formatDiagnostic, generate, readModel, type Source } from "clientsmith";
import { beforeAll, describe, expect, it } from "vitest";
import { prose } from "#generator/emitters/reference/prose.js";
import { root, sharedPath } from "../../support/shared.js";

type Files = ReadonlyMap<string, string>;

async function referenceOf(source: Source): Promise<Files> {
  const read = readModel(source);
  const result = read.model && (await generate(read.model, { emit: ["reference"], packageName: "@example/service" }));
  if (!result?.files)
    throw new Error([...read.diagnostics, ...(result?.diagnostics ?? [])].map(formatDiagnostic).join("\n"));
  const files = [...result.files].filter(([path]) => path.startsWith("reference/"));
  return new Map(files.map(([path, text]) => [path.slice("reference/".length), text]));
}

const fileSource = (file: string): Source => ({ file, text: readFileSync(file, "utf8") });
const pagesOf = (files: Files): [string, string][] => [...files].filter(([path]) => path.endsWith(".html"));

/** A page without tags, with single spaces. */
const textOf = (page: string | undefined): string =>
  (page ?? "")
    .replaceAll(/<head>.*<\/head>/gs, "")
    .replaceAll(/<(?:wbr|\/?span|\/?code|\/?a)\b[^>]*>/g, "")
    .replaceAll(/<[^>]*>/g, " ")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&")
    .replaceAll(/\s+/g, " ");

describe("the reference of a service in IDL", () => {
  let files: Files;
  beforeAll(async () => {
    files = await referenceOf({ file: "harbour.smithy", text: harbour });
  });
  const page = (path: string): string => textOf(files.get(path));

  it("has a page for each operation, type and error, and lists of them", () => {
    expect([...files.keys()].toSorted()).toEqual(
      [
        "errors/NoSuchShip.html",
        "errors.html",
        "index.html",
        "llms.txt",
        "operations/getShip.html",
        "operations/listShips.html",
        "operations/ping.html",
        "operations/registerShip.html",
        "search-index.js",
        "search.js",
        "shapes/Cargo.html",
        "shapes/Flag.html",
        "shapes/GetShipInput.html",
        "shapes/GetShipOutput.html",
        "shapes/ListShipsInput.html",
        "shapes/ListShipsOutput.html",
        "shapes/RegisterShipInput.html",
        "shapes/RegisterShipOutput.html",
        "shapes/Ship.html",
        "shapes.html",
        "style.css",
      ].toSorted(),
    );
  });

  it("groups operations by the resource that they are bound to, or by tag", () => {
    const headings = [...(files.get("index.html") ?? "").matchAll(/<h2[^>]*>(.*?)<\/h2>/gs)].map(([, text]) =>
      textOf(text).trim(),
    );
    expect(headings).toEqual(["Health", "Vessel"]);
    expect(page("operations/getShip.html")).toContain("Vessel getShip");
  });

  it("shows constraints, defaults, what is required, deprecated and since when", () => {
    const text = page("operations/registerShip.html");
    expect(text).toContain("name string required");
    expect(text).toContain("3 to 40 characters; pattern ^[a-z]+$");
    expect(text).toContain('One of "de", "fr"');
    expect(text).toContain("Default: 7");
    expect(text).toContain("From 1 to 30");
    expect(text).toContain("berth string since 2.1");
    expect(text).toContain("code string deprecated Deprecated since 2.0. Use name.");
    expect(text).toContain("secret string sensitive");
    expect(text).toContain("If absent, the client sends a UUID");
    expect(text).toContain("Each item: 1 to 9 characters");
  });

  it("shows the HTTP binding of operations and members", () => {
    const text = page("operations/getShip.html");
    expect(text).toContain("Request GET /ships/{id}");
    expect(text).toContain("HTTP: path {id}");
    expect(text).toContain("HTTP: query fields");
    expect(text).toContain("HTTP: header x-version");
    expect(page("operations/registerShip.html")).toContain("Status of success 201");
  });

  it("shows examples as functions, with the output, and no classic form outside AWS", () => {
    const text = page("operations/getShip.html");
    expect(text).toContain('new HarbourClient({ endpoint: "https://api.example.com" })');
    expect(text).toContain('await getShip(client, { id: "argo" });');
    expect(text).toContain('{ ship: { name: "Argo" } }');
    expect(text).not.toMatch(/classic|region|AWS/i);
  });

  it("shows paginators, waiters and errors with their status", () => {
    expect(page("operations/listShips.html")).toContain(
      "for await (const item of paginateListShips(client).items({ limit: 100 }))",
    );
    expect(page("operations/getShip.html")).toContain("Calls getShip until ship.name is Argo");
    expect(page("operations/getShip.html")).toContain("NoSuchShip HTTP 404");
    expect(page("errors/NoSuchShip.html")).toMatch(/Operations getShip/);
  });

  it("shows where a type is used", () => {
    expect(page("shapes/Ship.html")).toMatch(
      /Used by Types GetShipOutput ListShipsOutput Operations getShip listShips/,
    );
  });
});

describe("the reference of CloudTrail", () => {
  it("shows examples as functions and in classic form", async () => {
    const files = await referenceOf(fileSource(join(root, "model/cloudtrail.json")));
    const text = textOf(files.get("operations/startLogging.html"));
    expect(text).toContain('await startLogging(client, { Name: "audit" });');
    expect(text).toContain('import { CloudTrail } from "@example/service/classic"');
    expect(text).toContain('await cloudtrail.startLogging({ Name: "audit" }).promise();');
  });
});

describe("llms.txt", () => {
  it("has a title, a summary, a call, and each operation and error on one line with a link to its page", async () => {
    const files = await referenceOf(fileSource(join(root, "model/cloudtrail.json")));
    const text = files.get("llms.txt") ?? "";
    const lines = text.split("\n");
    expect(lines[0]).toBe("# AWS CloudTrail");
    expect(lines[2]).toMatch(/^> CloudTrail keeps a record/);
    expect(text).toContain("await getTrail(client, {");
    const links = lines.flatMap((line) => /^- \[([^\]]+)\]\(([^)]+)\)(?:: (.+))?$/.exec(line) ?? []);
    const paths = lines.flatMap((line) => /^- \[[^\]]+\]\(([^)]+)\)/.exec(line)?.[1] ?? []);
    expect(links.length).toBeGreaterThan(0);
    expect(paths.filter((path) => path.startsWith("operations/"))).toHaveLength(18);
    expect(paths.filter((path) => path.startsWith("errors/"))).toHaveLength(52);
    expect(paths.filter((path) => !files.has(path))).toEqual([]);
  });
});

const models = {
  cloudtrail: join(root, "model/cloudtrail.json"),
  bookshelf: join(root, "test/fixtures/golden/bookshelf/model.json"),
  needy: join(root, "test/fixtures/needy/model.json"),
  lambda: sharedPath("models/lambda-2015-03-31.json"),
  s3: sharedPath("models/s3-2006-03-01.json"),
};

describe("every link of the reference leads to a page and an anchor that exist", () => {
  for (const [name, file] of Object.entries(models)) {
    it.skipIf(file === undefined)(name, async () => {
      const files = await referenceOf(fileSource(file ?? ""));
      const anchors = new Map(
        pagesOf(files).map(([path, text]) => [path, new Set([...text.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id))]),
      );
      let count = 0;
      const broken = pagesOf(files).flatMap(([path, text]) => {
        const links = [...text.matchAll(/ (?:href|src)="([^"]*)"/g)].map(([, link = ""]) => link);
        return links.flatMap((link) => {
          if (/^(?:https?:|mailto:|data:)/.test(link)) return [];
          count++;
          const [target = "", anchor] = link.split("#");
          const to = target === "" ? path : join(dirname(path), target);
          const exists = files.has(to) && (anchor === undefined || anchors.get(to)?.has(anchor));
          return exists ? [] : [`${path}: ${link}`];
        });
      });
      expect(count).toBeGreaterThan(100);
      expect(broken).toEqual([]);
      for (const [path, text] of pagesOf(files)) {
        const ids = [...text.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
        expect(ids.length, `${path} has each anchor once`).toBe(new Set(ids).size);
        expect(foreignMarkup(text), path).toEqual([]);
      }
    });
  }
});

const allowed = new Set(
  "a body br code dd details div dl dt em fieldset footer h1 h2 h3 head header html input label legend li link main meta nav ol p pre script section span strong summary table tbody td th title tr ul wbr".split(
    " ",
  ),
);
const attributes = new Set(
  "aria-current aria-label aria-labelledby charset checked class content defer for hidden href http-equiv id lang name rel role scope src start tabindex type value".split(
    " ",
  ),
);

/** Everything of a page that is not text, an allowed element or an allowed attribute in quotes. */
function foreignMarkup(page: string): string[] {
  const tag = /<(\/?)([a-z][a-z\d]*)((?: [a-z-]+(?:="[^"<>]*")?)*) ?\/?>/g;
  const found: string[] = [];
  const rest = page
    .replace("<!doctype html>", "")
    .replaceAll(/\s+/g, " ")
    .replaceAll(tag, (whole, _end, name: string, own: string) => {
      if (!allowed.has(name)) found.push(whole);
      for (const [, attribute = "", value = ""] of own.matchAll(/ ([a-z-]+)(?:="([^"]*)")?/g)) {
        if (!attributes.has(attribute)) found.push(whole);
        if (
          (attribute === "href" || attribute === "src") &&
          /^\s*(?:javascript|vbscript|data(?!:image\/svg\+xml,%3Csvg))/i.test(value)
        )
          found.push(whole);
      }
      return "";
    });
  const scripts = [...page.matchAll(/<script[^>]*>/g)];
  if (scripts.length !== 1 || !/src="(?:\.\.\/)?search\.js"/.test(scripts[0]?.[0] ?? "")) found.push("scripts");
  return [...found, ...(rest.match(/.{0,20}[<>].{0,20}/g) ?? [])];
}

const hostile = [
  "<script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  '"><svg onload=alert(1)>',
  "' onmouseover='alert(1)",
  "[link](javascript:alert(1))",
  '[link](https://example.com/" onclick="alert(1))',
  '<p><a href="javascript:alert(1)">link</a></p>',
  '<p><a href="java&#10;script:alert(1)">link</a></p>',
  '<p>text</p></code></pre><iframe srcdoc="<script>alert(1)</script>">',
  "`</code><script>alert(1)</script>`",
  "```\n</code></pre><script>alert(1)</script>\n```",
  "&lt;script&gt;alert(1)&lt;/script&gt;",
  "**<b onclick=alert(1)>bold</b>** *<i>*",
  '<https://example.com/"onclick=alert(1)>',
  "</title></head><body onload=alert(1)>",
  "<!-- --><!--><script>alert(1)</script>",
];

describe("texts of a model", () => {
  it("become text of the pages, never markup", async () => {
    for (const text of hostile) {
      const docs = { "smithy.api#documentation": text };
      const files = await referenceOf({ file: "hostile.json", text: JSON.stringify(hostileModel(text, docs)) });
      for (const [path, page] of pagesOf(files)) expect(foreignMarkup(page), `${path} of ${text}`).toEqual([]);
      const index: unknown = runInNewContext(`${files.get("search-index.js") ?? ""}; referenceIndex`);
      expect(JSON.stringify(index)).toContain("doIt");
    }
  });

  it("take time that grows with their length only", () => {
    const parts = ["**a ", "`a ", "``a ", "*a ", "[a](", "[a", "\\<https://", "<a href=", "- ", "**a** "];
    for (const part of parts) {
      const before = process.cpuUsage();
      prose(part.repeat(20_000));
      expect(process.cpuUsage(before).user / 1e3, part).toBeLessThan(1_000);
    }
  });
});

describe("search", () => {
  const source = readFileSync(join(root, "generator/src/emitters/reference/assets/search.js"), "utf8");
  const find = runInNewContext(`${source}; findEntries`) as (query: string, index: unknown) => [string][];
  const index = [
    ["lookupEvents", "operation", "", "Finds events.", "MaxResults NextToken"],
    ["getTrail", "operation", "", "Reads the settings of one trail.", "Name Trail"],
    ["listTrails", "operation", "", "Lists trails.", "NextToken Trails"],
    ["Trail", "structure", "", "A trail.", "Name KmsKeyId"],
    ["TrailNotFoundException", "error", "", "There is no such trail.", "Message"],
  ];
  const names = (query: string): string[] => find(query, index).map(([name]) => name);

  it("puts names before members, members before texts, and needs every word", () => {
    expect(names("trail")[0]).toBe("Trail");
    expect(names("events")).toEqual(["lookupEvents"]);
    expect(names("LOOKUP")).toEqual(["lookupEvents"]);
    expect(names("maxresults")).toEqual(["lookupEvents"]);
    expect(names("kms")).toEqual(["Trail"]);
    expect(names("settings")).toEqual(["getTrail"]);
    expect(names("trail not")).toEqual(["TrailNotFoundException"]);
    expect(names("nexttoken trails")).toEqual(["listTrails"]);
    expect(names("zebra")).toEqual([]);
    expect(names(" ")).toEqual([]);
  });
});

function hostileModel(text: string, docs: object): object {
  const traits = {
    ...docs,
    "smithy.api#externalDocumentation": {
      [`Title ${text}`]: `https://example.com/${text}`,
      Script: "javascript:alert(1)",
    },
  };
  return {
    smithy: "2.0",
    shapes: {
      "t#Service": {
        type: "service",
        version: `1 ${text}`,
        operations: [{ target: "t#DoIt" }],
        traits: { "aws.protocols#restJson1": {}, "smithy.api#title": `Title ${text}`, ...docs },
      },
      "t#DoIt": {
        type: "operation",
        input: { target: "t#Input" },
        output: { target: "t#Output" },
        errors: [{ target: "t#Failure" }],
        traits: {
          ...traits,
          "smithy.api#tags": [`Group ${text}`],
          "smithy.api#deprecated": { message: text, since: text },
          "smithy.api#since": text,
          "smithy.api#http": { method: "POST", uri: "/do" },
          "smithy.api#examples": [{ title: text, documentation: text, input: { text }, output: { text } }],
        },
      },
      "t#Input": {
        type: "structure",
        members: {
          text: {
            target: "smithy.api#String",
            traits: { ...traits, "smithy.api#default": text, "smithy.api#recommended": { reason: text } },
          },
          kind: { target: "t#Kind", traits: docs },
          header: {
            target: "smithy.api#String",
            traits: { "smithy.api#httpHeader": "x-header", "smithy.api#mediaType": text },
          },
          choice: { target: "t#Choice" },
        },
        traits: docs,
      },
      "t#Output": { type: "structure", members: { text: { target: "smithy.api#String", traits: docs } }, traits: docs },
      "t#Choice": {
        type: "union",
        members: { one: { target: "smithy.api#String", traits: docs }, two: { target: "t#Output" } },
        traits: docs,
      },
      "t#Kind": {
        type: "enum",
        members: { ONE: { target: "smithy.api#Unit", traits: { ...docs, "smithy.api#enumValue": text } } },
        traits: docs,
      },
      "t#Failure": {
        type: "structure",
        members: { message: { target: "smithy.api#String" }, detail: { target: "smithy.api#String", traits: docs } },
        traits: { ...docs, "smithy.api#error": "client", "smithy.api#httpError": 400 },
      },
    },
  };
}

const harbour = `$version: "2.0"
namespace example.harbour

use aws.protocols#restJson1
use smithy.waiters#waitable

/// Ships and where they lie.
@restJson1
@title("Harbour")
service Harbour {
  version: "2024-01-01"
  operations: [Ping]
  resources: [Vessel]
}

resource Vessel {
  identifiers: { id: String }
  read: GetShip
  list: ListShips
  operations: [RegisterShip]
}

@tags(["Health"])
@readonly
@http(method: "GET", uri: "/ping")
operation Ping {}

@readonly
@http(method: "GET", uri: "/ships/{id}")
@waitable(Argo: { acceptors: [{ state: "success", matcher: { output: { path: "ship.name", expected: "Argo", comparator: "stringEquals" } } }] })
@examples([{ title: "One ship", input: { id: "argo" }, output: { ship: { name: "Argo" } } }])
operation GetShip {
  input := {
    @required
    @httpLabel
    id: String
    @httpQuery("fields")
    fields: String
    @httpHeader("x-version")
    version: String
  }
  output := { ship: Ship }
  errors: [NoSuchShip]
}

@readonly
@paginated(inputToken: "next", outputToken: "next", items: "ships")
@http(method: "GET", uri: "/ships")
operation ListShips {
  input := {
    @httpQuery("next")
    next: String
  }
  output := {
    next: String
    ships: Ships
  }
}

@http(method: "POST", uri: "/ships", code: 201)
operation RegisterShip {
  input := {
    @required
    @length(min: 3, max: 40)
    @pattern("^[a-z]+$")
    name: String
    flag: Flag
    @range(min: 1, max: 30)
    days: Integer = 7
    @since("2.1")
    berth: String
    @deprecated(message: "Use name.", since: "2.0")
    code: String
    secret: Secret
    @idempotencyToken
    token: String
    cargo: Cargo
    marks: Marks
  }
  output := { id: String }
}

@sensitive
string Secret

@length(min: 1, max: 9)
string Mark

list Marks { member: Mark }

list Ships { member: Ship }

structure Ship { name: String }

union Cargo {
  tons: Integer
  note: String
}

enum Flag {
  DE = "de"
  FR = "fr"
}

@error("client")
@httpError(404)
structure NoSuchShip { message: String }
`
  .replaceAll("Ship_", "Ship__")
  .replaceAll("Ship__", "ShipResource");
