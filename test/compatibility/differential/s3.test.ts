import { compareRestXml } from "./support/rest-xml.js";

compareRestXml("s3-2006-03-01", "@aws-sdk/client-s3", "S3Client", {
  fixed: {
    Bucket: "bucket-1",
    Metadata: { a: "1", "b-c": "two 2" },
    SSECustomerKey: "a key of thirty-two characters..",
    CopySourceSSECustomerKey: "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
  },
  // The caller's MD5 is the only checksum here, and one of two in the official client.
  unset: /SSECustomerKeyMD5$|^ChecksumAlgorithm$|^ContentMD5$/,
  // The checksum is of the body, byte for byte, and the two write the same document in different bytes.
  // One operation has a member for the algorithm in the newer model that the official client is made from.
  otherHeaders: /\/x-amz-checksum-crc32$|^PutBucketOwnershipControls\/x-amz-sdk-checksum-algorithm$/,
  ownResponses: ["GetBucketLocation"],
});
