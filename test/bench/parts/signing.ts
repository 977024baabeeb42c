import { createHmac, randomBytes } from "node:crypto";
import { Secret } from "../../../src/ncloud/secret.ts";
import { signatureHeaders, stringToSign, type SignedParts } from "../../../src/ncloud/signature.ts";
import { takeTurns, timeOfOne } from "../measure.ts";
import { compared, type PartResult } from "../row.ts";

/** The three headers of a request, against what no signature can do without. */
export async function signing(): Promise<PartResult> {
  const secret = new Secret(randomBytes(30).toString("base64"));
  const key = secret.reveal();
  const parts: SignedParts = {
    method: "GET",
    pathAndQuery: "/api/v1/api-keys?offset=12000&limit=1000",
    timestamp: 1_700_000_000_000,
    accessKeyId: "ncp_iam_0123456789ABCDEFGHIJ",
  };
  const text = stringToSign(parts);
  const { ours, bare } = await takeTurns(
    {
      ours: () => timeOfOne(3_000, () => signatureHeaders(parts, secret)),
      bare: () => timeOfOne(3_000, () => createHmac("sha256", key).update(text).digest("base64")),
    },
    { rounds: 31, warmUp: 3 },
  );
  const figures = compared(ours, bare);
  return {
    rows: [
      {
        what: "Sign one request",
        against: "bare HMAC-SHA256 and Base64 of the same text",
        ...figures,
        goal: "≤ 1.3 ×",
        met: figures.ratio <= 1.3,
      },
    ],
  };
}
