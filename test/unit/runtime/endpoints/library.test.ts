import { describe, expect, it } from "vitest";
import {
  isValidHostLabel,
  isVirtualHostableS3Bucket,
  parseArn,
  parseURL,
  split,
  substring,
  uriEncode,
} from "#runtime/endpoints/rule-functions.js";

describe("isValidHostLabel", () => {
  it.each([
    ["us-east-1", true, true],
    ["3com", true, true],
    ["A", true, true],
    ["a".repeat(63), true, true],
    ["a".repeat(64), false, false],
    ["", false, false],
    ["-a", false, false],
    ["a-", false, false],
    ["a_b", false, false],
    ["a b", false, false],
    ["ä", false, false],
    ["a\n", false, false],
    ["a.b", false, true],
    ["a.b-.c", false, false],
    ["a..b", false, false],
    [".a", false, false],
    ["a.", false, false],
    [`${"a".repeat(63)}.b`, false, true],
  ])("%j: alone %s, with subdomains %s", (value, alone, withSubDomains) => {
    expect([isValidHostLabel(value, false), isValidHostLabel(value, true)]).toEqual([alone, withSubDomains]);
  });
});

describe("isVirtualHostableS3Bucket", () => {
  it.each([
    ["my-bucket", true, true],
    ["my--bucket--x-s3", true, true],
    ["123", true, true],
    ["ab", false, false],
    ["a".repeat(63), true, true],
    ["a".repeat(64), false, false],
    ["My-bucket", false, false],
    ["my_bucket", false, false],
    ["-bucket", false, false],
    ["bucket-", false, false],
    ["a.b", false, true],
    ["my.bucket", false, true],
    ["my..bucket", false, false],
    ["my-.bucket", false, false],
    ["my.-bucket", false, false],
    ["192.168.5.4", false, false],
    ["192.168.5", false, true],
    ["192.168.5.4a", false, true],
  ])("%j: alone %s, with subdomains %s", (value, alone, withSubDomains) => {
    const responses = [isVirtualHostableS3Bucket(value, false), isVirtualHostableS3Bucket(value, true)];
    expect(responses).toEqual([alone, withSubDomains]);
  });
});

describe("parseArn", () => {
  it.each([
    ["arn:aws:sns:us-west-2:012345678910:topic", ["aws", "sns", "us-west-2", "012345678910", ["topic"]]],
    ["arn:aws:ec2:us-east-1:012345678910:vpc/vpc-1", ["aws", "ec2", "us-east-1", "012345678910", ["vpc", "vpc-1"]]],
    ["arn:aws:iam::012345678910:user/jo", ["aws", "iam", "", "012345678910", ["user", "jo"]]],
    ["arn:aws:s3:::bucket", ["aws", "s3", "", "", ["bucket"]]],
    ["arn:aws-cn:s3:cn-north-1:1:a:b/c:d", ["aws-cn", "s3", "cn-north-1", "1", ["a", "b", "c", "d"]]],
    ["arn:aws:s3:::a//b:", ["aws", "s3", "", "", ["a", "", "b", ""]]],
    ["arn:aws:s3:::/", ["aws", "s3", "", "", ["", ""]]],
  ])("%j", (value, [partition, service, region, accountId, resourceId]) => {
    expect(parseArn(value)).toEqual({ partition, service, region, accountId, resourceId });
  });

  it.each([
    "",
    "11111111-2222-3333-4444-555555555555",
    "arn:aws:s3:::",
    "arn:aws:s3::",
    "arn:aws:s3",
    "arn::s3:::bucket",
    "arn:aws::::bucket",
    "ARN:aws:s3:::bucket",
    " arn:aws:s3:::bucket",
  ])("%j is none", (value) => {
    expect(parseArn(value)).toBeUndefined();
  });
});

describe("parseURL", () => {
  it.each([
    ["https://example.com", ["https", "example.com", "", "/", false]],
    ["https://example.com/", ["https", "example.com", "/", "/", false]],
    ["http://example.com:80/foo/bar", ["http", "example.com:80", "/foo/bar", "/foo/bar/", false]],
    ["https://example.com:443/foo/", ["https", "example.com:443", "/foo/", "/foo/", false]],
    ["HTTPS://Example.com/A%2fb c", ["https", "Example.com", "/A%2fb c", "/A%2fb c/", false]],
    ["https://127.0.0.1", ["https", "127.0.0.1", "", "/", true]],
    ["https://127.0.0.1:8000/x", ["https", "127.0.0.1:8000", "/x", "/x/", true]],
    ["https://[fe80::1]", ["https", "[fe80::1]", "", "/", true]],
    ["https://[2001:db8::1]:443", ["https", "[2001:db8::1]:443", "", "/", true]],
    ["https://999.999.abc.com", ["https", "999.999.abc.com", "", "/", false]],
    ["http://99_ab-.com", ["http", "99_ab-.com", "", "/", false]],
    ["https://name:secret@example.com/p", ["https", "example.com", "/p", "/p/", false]],
  ])("%j", (value, [scheme, authority, path, normalizedPath, isIp]) => {
    expect(parseURL(value)).toEqual({ scheme, authority, path, normalizedPath, isIp });
  });

  it.each([
    "",
    "example.com",
    "localhost:8000",
    "//example.com",
    "https:///path",
    "https://",
    "https:/example.com",
    "abcd://example.com",
    "ftp://example.com",
    "http://abc.com:a/foo",
    "http://abc.com:99999",
    "http://[::1",
    "http://[zz]",
    "https://example.com:8443?foo=bar",
    "https://example.com/?",
    "https://example.com/a#b",
    "https://exa mple.com",
    "https://example.com\\@evil.com",
    " https://example.com",
  ])("%j is none", (value) => {
    expect(parseURL(value)).toBeUndefined();
  });
});

describe("substring", () => {
  it.each([
    ["abcdefg", 0, 4, false, "abcd"],
    ["abcd", 0, 4, false, "abcd"],
    ["abc", 0, 4, false, undefined],
    ["", 0, 4, false, undefined],
    ["abcdefg", 0, 4, true, "defg"],
    ["abcdefg", 1, 3, false, "bc"],
    ["abcdefg", 1, 3, true, "ef"],
    ["abc", 0, 4, true, undefined],
    ["abc", 1, 1, false, undefined],
    ["abc", 2, 1, false, undefined],
    ["abcdé", 0, 4, false, undefined],
    ["\u007fabc\0", 0, 5, false, "\u007fabc\0"],
  ])("%j from %i to %i, reverse %s", (input, start, stop, reverse, wanted) => {
    expect(substring(input, start, stop, reverse)).toBe(wanted);
  });
});

describe("uriEncode", () => {
  it.each([
    ["", ""],
    ["AZaz09-_.~", "AZaz09-_.~"],
    ["a:b/c", "a%3Ab%2Fc"],
    [" !\"#$%&'()*+,", "%20%21%22%23%24%25%26%27%28%29%2A%2B%2C"],
    [";<=>?@[\\]^`{|}", "%3B%3C%3D%3E%3F%40%5B%5C%5D%5E%60%7B%7C%7D"],
    ["é", "%C3%A9"],
    ["😹", "%F0%9F%98%B9"],
    ["a\ud83db", "a%EF%BF%BDb"],
    ["\n\0", "%0A%00"],
  ])("%j", (value, wanted) => {
    expect(uriEncode(value)).toBe(wanted);
  });
});

describe("split", () => {
  it.each([
    ["a--b--c", "--", 0, ["a", "b", "c"]],
    ["a--b--c", "--", 1, ["a--b--c"]],
    ["a--b--c", "--", 2, ["a", "b--c"]],
    ["a--b--c", "--", 3, ["a", "b", "c"]],
    ["a--b--c", "--", 9, ["a", "b", "c"]],
    ["", "--", 0, [""]],
    ["", "--", 2, [""]],
    ["--", "--", 0, ["", ""]],
    ["----", "--", 2, ["", "--"]],
    ["--b--", "--", 0, ["", "b", ""]],
    ["----", "--", 0, ["", "", ""]],
    ["--x-s3--azid--suffix", "--", 0, ["", "x-s3", "azid", "suffix"]],
    ["--x-s3--azid--suffix", "--", 2, ["", "x-s3--azid--suffix"]],
    ["aaa", "aa", 0, ["", "a"]],
    ["abc", "x", 0, ["abc"]],
    ["mybucket", "--", 1, ["mybucket"]],
    ["a.b", ".", 0, ["a", "b"]],
  ])("%j at %j, limit %i", (value, delimiter, limit, wanted) => {
    expect(split(value, delimiter, limit)).toEqual(wanted);
  });
});
