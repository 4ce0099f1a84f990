import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type ClientConfig, type ConfigurableOptions, readClientConfig } from "#runtime/config/client-config.js";
import { ConfigurationError } from "#runtime/errors/index.js";
import { environmentWith } from "./support.js";

const defaults: ClientConfig = {
  region: undefined,
  useFipsEndpoint: false,
  useDualstackEndpoint: false,
  endpoint: undefined,
  maxAttempts: 3,
  retryMode: "standard",
  endpointParameters: {},
};

/** Reads with a variable-by-variable environment and a config file. */
async function read(
  env: Record<string, string>,
  config = "",
  options: ConfigurableOptions = {},
): Promise<ClientConfig> {
  return readClientConfig(options, { sdkId: "Elastic Beanstalk" }, environmentWith({ config }, env));
}

const askMumbai = () => Promise.resolve("ap-south-1");

const complete = {
  AWS_REGION: "eu-west-1",
  AWS_USE_FIPS_ENDPOINT: "true",
  AWS_USE_DUALSTACK_ENDPOINT: "TRUE",
  AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "false",
  AWS_ENDPOINT_URL: "http://localhost:1",
  AWS_MAX_ATTEMPTS: "7",
  AWS_RETRY_MODE: "adaptive",
};

describe("where settings come from", () => {
  test("defaults where nobody says anything", async () => {
    expect(await read({})).toEqual(defaults);
  });

  test("options alone are enough, at once and without a look at anything else", () => {
    const options: ConfigurableOptions = {
      region: "eu-west-1",
      useFipsEndpoint: false,
      useDualstackEndpoint: true,
      endpoint: new URL("http://127.0.0.1:8000/path"),
      maxAttempts: 5,
      retryMode: "standard",
    };
    const env = { AWS_MAX_ATTEMPTS: "nonsense", AWS_REGION: "non sense", AWS_ENDPOINT_URL: "nonsense" };
    expect(readClientConfig(options, { sdkId: "CloudTrail" }, environmentWith({ config: "malformed" }, env))).toEqual({
      ...options,
      endpoint: "http://127.0.0.1:8000/path",
      endpointParameters: {},
    });
  });

  test("the environment, without reading files where it says all", () => {
    const environment = environmentWith(
      { config: "malformed" },
      { ...complete, AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "true" },
    );
    expect(readClientConfig({}, { sdkId: "CloudTrail" }, environment)).toEqual({
      region: "eu-west-1",
      useFipsEndpoint: true,
      useDualstackEndpoint: true,
      endpoint: undefined,
      maxAttempts: 7,
      retryMode: "adaptive",
      endpointParameters: {},
    });
  });

  test("the profile that AWS_PROFILE names, for what is still open", async () => {
    const config = [
      "[default]",
      "region = us-west-1",
      "[profile dev]",
      "region = us-west-2",
      "use_fips_endpoint = true",
      "use_dualstack_endpoint = true",
      "endpoint_url = http://localhost:2",
      "max_attempts = 9",
      "retry_mode = adaptive",
    ].join("\n");
    const fromProfile = {
      region: "us-west-2",
      useFipsEndpoint: true,
      useDualstackEndpoint: true,
      endpoint: "http://localhost:2",
      maxAttempts: 9,
      retryMode: "adaptive",
      endpointParameters: {},
    };
    expect(await read({ AWS_PROFILE: "dev" }, config)).toEqual(fromProfile);
    expect(await read({ AWS_PROFILE: "dev", AWS_USE_FIPS_ENDPOINT: "false" }, config, { maxAttempts: 1 })).toEqual({
      ...fromProfile,
      useFipsEndpoint: false,
      maxAttempts: 1,
    });
    expect(await read({}, config)).toEqual({ ...defaults, region: "us-west-1" });
    expect(await read({ AWS_PROFILE: "nobody" }, config)).toEqual(defaults);
  });

  test("an empty variable reports nothing", async () => {
    const env = {
      AWS_REGION: "",
      AWS_MAX_ATTEMPTS: "",
      AWS_USE_FIPS_ENDPOINT: "",
      AWS_ENDPOINT_URL: "",
      AWS_PROFILE: "",
    };
    expect(await read(env, "[default]\nregion = us-west-1")).toEqual({ ...defaults, region: "us-west-1" });
  });

  test("older tools' retry mode is ours", async () => {
    expect(await read({ AWS_RETRY_MODE: "legacy" })).toMatchObject({ retryMode: "standard" });
  });
});

describe("region", () => {
  test("AWS_REGION goes before AWS_DEFAULT_REGION, and both before the profile", async () => {
    const config = "[default]\nregion = us-west-1";
    expect(await read({ AWS_DEFAULT_REGION: "b-1" }, config)).toMatchObject({ region: "b-1" });
    expect(await read({ AWS_DEFAULT_REGION: "b-1", AWS_REGION: "a-1" }, config)).toMatchObject({ region: "a-1" });
  });

  test("a function is asked", async () => {
    expect(await read({ AWS_REGION: "us-east-1" }, "", { region: askMumbai })).toMatchObject({ region: "ap-south-1" });
    const config = readClientConfig({ region: askMumbai }, { sdkId: "CloudTrail" }, environmentWith({}, complete));
    expect(config).toBeInstanceOf(Promise);
    expect(await config).toMatchObject({ region: "ap-south-1", maxAttempts: 7 });
  });

  test("a function that fails is a configuration error with its error as cause", async () => {
    const cause = new Error("no metadata");
    const failure = read({}, "", { region: () => Promise.reject(cause) });
    await expect(failure).rejects.toBeInstanceOf(ConfigurationError);
    await expect(failure).rejects.toMatchObject({ cause });
  });

  const hostile = [
    "x.example.com/#",
    "us-east-1.evil",
    "us east 1",
    "-us",
    "us-",
    "a".repeat(64),
    "us-east-1\nx",
    "é",
    "@x",
  ];
  test.for(hostile)("%j is rejected, since it would become part of a host name", async (region) => {
    await expect(read({}, "", { region })).rejects.toThrow(/option region must be a region/);
    await expect(read({}, "", { region: () => Promise.resolve(region) })).rejects.toThrow(/region function must be/);
    await expect(read({ AWS_REGION: region })).rejects.toThrow(/AWS_REGION must be a region/);
    await expect(read({}, `[default]\nregion = ${region.replace("\n", "\n  ")}`)).rejects.toThrow(
      /config:\d+: region of profile "default" must be a region/,
    );
  });

  test("a value that is not a string is rejected", async () => {
    await expect(read({}, "", { region: (() => Promise.resolve(undefined)) as never })).rejects.toThrow(/is undefined/);
  });
});

describe("endpoint", () => {
  const config = [
    "[default]",
    "services = local",
    "endpoint_url = http://profile",
    "[services local]",
    "elastic_beanstalk =",
    "  endpoint_url = http://section",
    "s3 =",
    "  endpoint_url = http://not-this-one",
  ].join("\n");
  const all = { AWS_ENDPOINT_URL_ELASTIC_BEANSTALK: "http://own", AWS_ENDPOINT_URL: "http://global" };

  test("from the most to the least particular, the environment before the file", async () => {
    const { AWS_ENDPOINT_URL } = all;
    expect(await read(all, config, { endpoint: "http://option" })).toMatchObject({ endpoint: "http://option" });
    expect(await read(all, config)).toMatchObject({ endpoint: "http://own" });
    expect(await read({ AWS_ENDPOINT_URL }, config)).toMatchObject({ endpoint: "http://global" });
    expect(await read({}, config)).toMatchObject({ endpoint: "http://section" });
    expect(await read({}, config.replace("elastic_beanstalk", "other"))).toMatchObject({ endpoint: "http://profile" });
  });

  test("configured ones are ignored where the environment or the profile states it, an option never", async () => {
    const ignore = { ...all, AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "true" };
    const ignoring = config.replace("[default]", "[default]\nignore_configured_endpoint_urls = true");
    expect(await read(ignore, config)).toMatchObject({ endpoint: undefined });
    expect(await read(all, ignoring)).toMatchObject({ endpoint: undefined });
    expect(await read(ignore, ignoring, { endpoint: "http://o" })).toMatchObject({ endpoint: "http://o" });
    const overruled = { ...all, AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "false" };
    expect(await read(overruled, ignoring)).toMatchObject({ endpoint: "http://own" });
  });

  test("a services section that is not there is an error", async () => {
    await expect(read({}, "[default]\nservices = gone")).rejects.toThrow(
      /services of profile "default" names a section \[services gone\], which is not in .*config/,
    );
  });
});

describe("invalid values are rejected, naming where they are", () => {
  test.for([
    [{ AWS_USE_FIPS_ENDPOINT: "yes" }, "", 'AWS_USE_FIPS_ENDPOINT must be true or false, but is "yes"'],
    [{}, "use_dualstack_endpoint = 1", 'use_dualstack_endpoint of profile "default" must be true or false'],
    [{ AWS_MAX_ATTEMPTS: "0" }, "", 'AWS_MAX_ATTEMPTS must be a whole number from 1, but is "0"'],
    [{ AWS_MAX_ATTEMPTS: "1e3" }, "", "AWS_MAX_ATTEMPTS must be"],
    [{}, "max_attempts = many", 'max_attempts of profile "default" must be'],
    [{ AWS_RETRY_MODE: "eager" }, "", "AWS_RETRY_MODE must be standard, adaptive or legacy"],
    [{ AWS_ENDPOINT_URL: "localhost:4566" }, "", "AWS_ENDPOINT_URL must be a URL"],
    [{ AWS_ENDPOINT_URL_ELASTIC_BEANSTALK: "ftp://x" }, "", "AWS_ENDPOINT_URL_ELASTIC_BEANSTALK must be a URL"],
    [{}, "endpoint_url = http://u:p@h", 'endpoint_url of profile "default" must not contain a user name'],
  ] as const)("%j %j", async ([env, setting, message]) => {
    const failure = read(env, `[default]\n${setting}`);
    await expect(failure).rejects.toBeInstanceOf(ConfigurationError);
    await expect(failure).rejects.toThrow(message);
  });
});

describe("problems of the shared files", () => {
  const stray = "[default]\nregion = eu-west-1\nthis line means nothing\n[profile other]\nthis line means nothing";

  test.for([
    [stray],
    [`region = us-east-1\n${stray}`],
    [`${stray}\n[profile unclosed\nregion = us-west-2`],
    [`${stray}\n<<<<<<< HEAD\nregion = a\n=======\nregion = b\n>>>>>>> other`],
  ] as const)("do not matter where nothing of them is needed: %j", async ([config]) => {
    expect(await read({}, config)).toEqual({ ...defaults, region: "eu-west-1" });
    expect(await read({ AWS_PROFILE: "other" }, config, { region: "ap-south-1" })).toEqual({
      ...defaults,
      region: "ap-south-1",
    });
  });

  test("a directory in place of the config file does not matter if the region is given", async () => {
    const environment = environmentWith();
    mkdirSync(join(environment.homeDirectory, ".aws", "config"));
    expect(await readClientConfig({ region: "eu-west-1" }, { sdkId: "STS" }, environment)).toEqual({
      ...defaults,
      region: "eu-west-1",
    });
    const signed = { sdkId: "STS", signingName: "sts" };
    await expect(readClientConfig({}, signed, environment)).rejects.toThrow(
      /config cannot be read \(EISDIR\): make it a readable file, or set AWS_CONFIG_FILE to another one$/,
    );
  });

  test.for([
    ["[default]\nregion eu-west-1", "config:2: expected"],
    ["[default]\nregion = x\nuse_fips_endpoint: true", "config:3: expected"],
    ["[default\nregion = eu-west-1", "config:1: the section header"],
    [
      "[default]\nregion = x\nservices = s\n[services s]\nelastic_beanstalk =\n  endpoint_url http://h",
      "config:6: expected",
    ],
  ] as const)("are errors with file and line where the setting is needed: %j", async ([config, message]) => {
    await expect(read({}, config)).rejects.toBeInstanceOf(ConfigurationError);
    await expect(read({}, config)).rejects.toThrow(message);
  });

  test("are kept for the error of a missing region", async () => {
    const environment = environmentWith({ config: "oops\n[default]\noops" });
    expect(await readClientConfig({}, { sdkId: "STS" }, environment)).toEqual(defaults);
    const signed = { sdkId: "STS", signingName: "sts" };
    await expect(readClientConfig({}, signed, environment)).rejects.toThrow(
      /^No AWS Region is set.* Problems of the shared files: .*config:1: a setting must be .*; .*config:3: expected/,
    );
    expect(await read({}, "[default]\nx = 1")).toEqual(defaults);
  });
});
