import { compareRestXml } from "./support/rest-xml.js";

compareRestXml("s3-2006-03-01", "@aws-sdk/client-s3", "S3Client", {
  // Where a bucket is to lie is filled in by the official client, as is what keys and checksums are made of.
  fixed: {
    Bucket: "bucket-1",
    CreateBucketConfiguration: { LocationConstraint: "eu-west-1" },
    Metadata: { a: "1", "b-c": "two 2" },
  },
  unset: /SSECustomerKey|^ChecksumAlgorithm$/,
  // The checksum is of the body, byte for byte, and the two write the same document in different bytes.
  // One operation has a member for the algorithm in the newer model that the official client is made from.
  otherHeaders: /\/x-amz-checksum-(crc32|mode)$|^PutBucketOwnershipControls\/x-amz-sdk-checksum-algorithm$/,
  ownAnswers: ["GetBucketLocation"],
  ownMembers: ["ExpiresString"],
});
