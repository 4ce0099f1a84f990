import { describe, expect, test } from "vitest";
import { parseSharedFile } from "#runtime/config/parse-shared-file.js";
import { ConfigurationError } from "#runtime/errors/index.js";

function parse(text: string) {
  return parseSharedFile(text, "config").sections.map(({ type, name, settings }) => ({
    type,
    name,
    settings: Object.fromEntries(settings.names.map((setting) => [setting, settings.get(setting)])),
  }));
}

/** Settings of the one section in a text. */
const settingsOf = (text: string) => parse(`[default]\n${text}`)[0]?.settings;

describe("sections", () => {
  test.for([
    ["[default]", undefined, "default"],
    ["[ default ]", undefined, "default"],
    ["[profile dev]", "profile", "dev"],
    ["[  profile \t dev  ]", "profile", "dev"],
    ["[profile dev] # comment", "profile", "dev"],
    ["[profile dev];comment", "profile", "dev"],
    ['[profile "my profile"]', "profile", "my profile"],
    ["[profile 'my profile']", "profile", "my profile"],
    ["[profile a.b/c@d:e+f-g_h%i]", "profile", "a.b/c@d:e+f-g_h%i"],
    ["[profile prénom-名前]", "profile", "prénom-名前"],
    ["[sso-session corp]", "sso-session", "corp"],
    ["[services local]", "services", "local"],
    ["  [default]", undefined, "default"],
    ["[__proto__]", undefined, "__proto__"],
  ] as const)("%s", ([text, type, name]) => {
    expect(parse(text)).toEqual([{ type, name, settings: {} }]);
  });

  test("hold what follows until the next one", () => {
    expect(parse("[a]\nx=1\n[b]\nx=2\n[a]\ny=3")).toEqual([
      { type: undefined, name: "a", settings: { x: "1" } },
      { type: undefined, name: "b", settings: { x: "2" } },
      { type: undefined, name: "a", settings: { y: "3" } },
    ]);
  });
});

describe("settings", () => {
  test.for([
    ["region=us-east-1", { region: "us-east-1" }],
    ["region   =   us-east-1   ", { region: "us-east-1" }],
    ["REGION = us-east-1", { region: "us-east-1" }],
    ["secret = ab=c==", { secret: "ab=c==" }],
    ["a = x # comment\nb = y\t; comment", { a: "x", b: "y" }],
    ["a = x#y;z", { a: "x#y;z" }],
    ["a = # comment", { a: "" }],
    ["# comment\n; comment\n  # comment\n\n   \na = 1", { a: "1" }],
    ["a = 1\na = 2", { a: "2" }],
    ['a = "x"', { a: '"x"' }],
    ["a = ünïcödé 🔑", { a: "ünïcödé 🔑" }],
    ["a = 1\r\nb = 2\r\n", { a: "1", b: "2" }],
    ["  a = 1\n  b = 2", { a: "1", b: "2" }],
    ["__proto__ = x", Object.fromEntries([["__proto__", "x"]])],
  ] as const)("%j", ([text, settings]) => {
    expect(settingsOf(text)).toEqual(settings);
  });

  test("a setting without value opens a block of deeper indented ones", () => {
    const text = "s3 =\n  max_concurrent_requests = 20\n\n  # comment\n  addressing_style = path # why\nregion = x";
    expect(settingsOf(text)).toEqual({
      s3: "",
      "s3.max_concurrent_requests": "20",
      "s3.addressing_style": "path # why",
      region: "x",
    });
  });

  test("a block may itself be indented", () => {
    expect(settingsOf("  s3 =\n    a = 1\n  region = x")).toEqual({ s3: "", "s3.a": "1", region: "x" });
  });

  test("a value continues over deeper indented lines", () => {
    expect(settingsOf("a = one\n  two = 2\n\tthree\nb = 4")).toEqual({ a: "one\ntwo = 2\nthree", b: "4" });
  });

  test("a byte order mark is no text", () => {
    expect(parse("\uFEFF[default]\na=1")[0]?.settings).toEqual({ a: "1" });
  });
});

describe("malformed lines", () => {
  test.for([
    ["[default]\n\nAKIDSECRET", "config:3: expected"],
    ["[default]\n= AKIDSECRET", "config:2: expected"],
    ["[default]\nkey : AKIDSECRET", "config:2: expected"],
    ["[default\nregion = AKIDSECRET", 'config:1: the section header has no closing "]"'],
    ["[default]\ns3 =\n  AKIDSECRET", "config:3: expected"],
    ["[default]\na = 1\n[default]\n  AKIDSECRET", "config:4: expected"],
    ["[default]\n<<<<<<< HEAD\na = 1\n=======\na = 2\n>>>>>>> AKIDSECRET", "config:2: the file has a merge conflict"],
    ["[default]\n<<<<<<< AKIDSECRET", "config:2: expected"],
  ] as const)("are problems of their section, with file and line but without the text: %j", ([text, message]) => {
    const { sections, problems } = parseSharedFile(text, "config");
    const messages = sections.flatMap(({ settings }) => settings.problems.map((problem) => problem.message));
    expect(problems).toEqual([]);
    expect(messages[0]).toMatch(new RegExp(`^${message.replace("]", "\\]")}`));
    expect(messages.join()).not.toContain("AKIDSECRET");
  });

  test.for(["# comment\r\nregion = AKIDSECRET", "\n -AKIDSECRET"])(
    "above the first section are problems of the file: %j",
    (text) => {
      const { sections, problems } = parseSharedFile(`${text}\n[default]\na = 1`, "config");
      expect(problems.map(({ message }) => message)).toEqual([
        "config:2: a setting must be below a section header such as [default]",
      ]);
      expect(sections[0]?.settings.get("a")).toBe("1");
    },
  );

  test("do not affect the other settings of the section", () => {
    expect(settingsOf("a = 1\nthis line means nothing\nb = 2")).toEqual({ a: "1", b: "2" });
    expect(settingsOf("s3 =\n  c = 1\n  this line means nothing\n  d = 2")).toEqual({
      s3: "",
      "s3.c": "1",
      "s3.d": "2",
    });
  });
});

describe("a setting that is needed and malformed is an error that names file and line", () => {
  const find = (text: string, setting: string) => () =>
    parseSharedFile(text, "config").sections[0]?.settings.get(setting);

  test.for([
    ["[default]\nregion eu-west-1", "region", "config:2: expected"],
    ["[default]\nRegion: eu-west-1", "region", "config:2: expected"],
    ["[default\nregion = eu-west-1", "region", 'config:1: the section header has no closing "]"'],
    ["[services a]\ncloudtrail =\n  endpoint_url http://h", "cloudtrail.endpoint_url", "config:3: expected"],
    [
      "[default]\nregion = a\n<<<<<<< HEAD\nregion = b\n=======\nregion = c\n>>>>>>> other",
      "region",
      "config:3: the file has a merge conflict",
    ],
    [
      "[default]\n<<<<<<< HEAD\nregion = b\n||||||| base\nregion = a\n=======\n>>>>>>> other",
      "region",
      "config:2: the file has a merge conflict",
    ],
  ] as const)("%j", ([text, setting, message]) => {
    expect(find(text, setting)).toThrow(ConfigurationError);
    expect(find(text, setting)).toThrow(message);
    expect(find(text, "output")()).toBeUndefined();
  });

  test.for([
    ["region eu-west-1\nregion = eu-west-1"],
    ["region = eu-west-1\nregion eu-west-1"],
    ["<<<<<<< HEAD\nregion = b\n=======\nregion = c\n>>>>>>> other\nregion = eu-west-1"],
  ] as const)("unless a well-formed line defines it: %j", ([text]) => {
    expect(find(`[default]\n${text}`, "region")()).toBe("eu-west-1");
  });
});
