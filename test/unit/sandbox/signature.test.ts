import assert from "node:assert/strict";
import { signatureIsValid, signatureOf } from "../../sandbox/signature.ts";

const kubeconfig = {
  method: "GET",
  target: "/cluster/kubeconfig",
  timestamp: "1668407407855",
  accessKey: "access",
};
const user = {
  ...kubeconfig,
  target: "/iam/krs-v1/user?clusterUuid=D11328F1-ECA9-4F1B-BA22-921F61D9C5FF",
};

describe("the sandbox's signature", () => {
  it("equals what NCP publishes for a path", () => {
    assert.equal(signatureOf(kubeconfig, "secret"), "LTJli9+OKT2KvUXxiKslMfu5FIOmDN83avehOvgUFp0=");
  });

  it("equals what NCP publishes for a path with a query", () => {
    assert.equal(signatureOf(user, "secret"), "emeahfW4CmzsxIQ5ip0cd9yqERXJ+ZJsRfQpGNmKdXk=");
  });

  it("is refused when any one of its parts is another", () => {
    const signature = signatureOf(user, "secret");
    const accepted = {
      itself: signatureIsValid(signature, user, "secret"),
      method: signatureIsValid(signature, { ...user, method: "PUT" }, "secret"),
      target: signatureIsValid(signature, { ...user, target: `${user.target}0` }, "secret"),
      timestamp: signatureIsValid(signature, { ...user, timestamp: "1668407407856" }, "secret"),
      accessKey: signatureIsValid(signature, { ...user, accessKey: "Access" }, "secret"),
      secretKey: signatureIsValid(signature, user, "Secret"),
      empty: signatureIsValid("", user, "secret"),
      longer: signatureIsValid(`${signature}=`, user, "secret"),
    };
    assert.deepEqual(accepted, {
      itself: true,
      method: false,
      target: false,
      timestamp: false,
      accessKey: false,
      secretKey: false,
      empty: false,
      longer: false,
    });
  });
});
