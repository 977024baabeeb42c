import assert from "node:assert/strict";
import { Secret } from "../../../src/ncloud/secret.ts";
import {
  sign,
  signatureHeaders,
  stringToSign,
  type SignedParts,
} from "../../../src/ncloud/signature.ts";

// NCP's own test vectors; the secret key is the word "secret".
const published = [
  {
    pathAndQuery: "/cluster/kubeconfig",
    signature: "LTJli9+OKT2KvUXxiKslMfu5FIOmDN83avehOvgUFp0=",
  },
  {
    pathAndQuery: "/iam/krs-v1/user?clusterUuid=D11328F1-ECA9-4F1B-BA22-921F61D9C5FF",
    signature: "emeahfW4CmzsxIQ5ip0cd9yqERXJ+ZJsRfQpGNmKdXk=",
  },
];

function partsOf(pathAndQuery: string): SignedParts {
  return { method: "GET", pathAndQuery, timestamp: 1668407407855, accessKeyId: "access" };
}

describe("the signature", () => {
  it("covers the request line, the timestamp and the access key ID, joined by line feeds", () => {
    assert.equal(
      stringToSign(partsOf("/cluster/kubeconfig")),
      "GET /cluster/kubeconfig\n1668407407855\naccess",
    );
  });

  it("equals what NCP publishes", () => {
    assert.deepEqual(
      published.map(({ pathAndQuery }) =>
        sign(stringToSign(partsOf(pathAndQuery)), new Secret("secret")),
      ),
      published.map(({ signature }) => signature),
    );
  });

  it("goes into three headers, the timestamp beside it as it was signed", () => {
    assert.deepEqual(signatureHeaders(partsOf("/cluster/kubeconfig"), new Secret("secret")), {
      "x-ncp-apigw-timestamp": "1668407407855",
      "x-ncp-iam-access-key": "access",
      "x-ncp-apigw-signature-v2": published[0]!.signature,
    });
  });
});
