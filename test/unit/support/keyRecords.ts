import type { KeyRecord, SubAccountRef } from "../../../src/inventory/keyRecord.ts";
import type { ApiKey } from "../../../src/ncloud/apiGateway.ts";

/** Keys made up but for what a test is about. */

export function apiKeyRecord(name: string, changes: Partial<ApiKey> = {}): KeyRecord {
  return {
    kind: "apiKey",
    apiKey: {
      apiKeyId: `id-of-${name}`,
      name,
      description: "",
      isEnabled: true,
      modifiedAt: undefined,
      ...changes,
    },
  };
}

export const kim: SubAccountRef = {
  subAccountId: "0c1f-kim",
  subAccount: {
    subAccountId: "0c1f-kim",
    loginId: "kim.minsu",
    name: "김민수",
    active: true,
    canUseApi: true,
  },
};

export function accessKeyRecord(accessKeyId: string, owner: SubAccountRef = kim): KeyRecord {
  const createdAt = Date.UTC(2025, 0, 2);
  return { kind: "accessKey", accessKey: { accessKeyId, active: true, createdAt }, owner };
}

const md5 = "0a:1b:2c:3d:4e:5f:60:71:82:93:a4:b5:c6:d7:e8:f9";

export function authKeyRecord(title: string, fileName?: string): KeyRecord {
  return {
    kind: "authKey",
    authKey: {
      title,
      name: md5.replaceAll(":", ""),
      fingerprint: md5,
      createTime: "2024-09-03 09:36:40",
    },
    localKey:
      fileName === undefined
        ? null
        : {
            path: `/home/kim/.ssh/${fileName}`,
            fileName,
            fingerprint: md5,
            sha256Fingerprint: "SHA256:HiThErE0123456789abcdefghijklmnopqrstuvwxyzA",
            type: "ssh-ed25519",
            bits: 256,
          },
  };
}
