import type { ApiKeyTable } from "./apiKeyTable.ts";
import { fingerprintOf, md5OfBlob } from "./sshKey.ts";
import { formatKorean } from "./time.ts";

export type Service = "nsml" | "apiGateway" | "subAccount";

/** Signs requests: an access key ID with its secret key. */
export interface AccessKey {
  readonly accessKey: string;
  readonly secretKey: string;
  active: boolean;
  /** Off until its secret key was told, which happens once: if that is lost, nobody can ever use it. */
  isHeld: boolean;
  readonly createTime: string;
  /** The services this key may not use: they answer 401/210. */
  deny: readonly Service[];
}

export interface SubAccount {
  readonly subAccountId: string;
  readonly subAccountNo: number;
  loginId: string;
  name: string;
  email: string;
  memo: string;
  active: boolean;
  canConsoleAccess: boolean;
  /** While this is off, the sub account's access keys sign in vain. */
  canAPIGatewayAccess: boolean;
  readonly createTime: string;
  /** Absent for somebody who never signed in. */
  lastLoginTime?: string;
  /** Newest first. */
  accessKeys: AccessKey[];
}

/** A registered SSH public key. */
export interface AuthKey {
  /** NCP's own name: the MD5 of the key blob. */
  readonly name: string;
  /** The authentication key ID. */
  readonly title: string;
  readonly fingerprint: string;
  readonly createTime: string;
}

/** What differs between accounts and servers. Tests may turn these while the sandbox runs. */
export interface Switches {
  /** Off: the account's API keys are not subscribed to NSML. */
  nsmlSubscribed: boolean;
  /** Off: the account never opened API Gateway. */
  apiGatewayOpened: boolean;
  /** On: NSML takes `ecdsa-sha-nistp256`, as its page prints it, and not the name of RFC 5656. */
  refuseRealNistp256: boolean;
  /** On: the list of API keys bears both values of each, as it did in the past. */
  listApiKeyValues: boolean;
  /** The most API keys that one page holds, whatever `limit` asks for. */
  limitCap: number;
  /** The most access keys of one sub account that are active at a time. */
  mostActiveAccessKeys: number;
  /** How far the server's clock is ahead, in milliseconds. */
  clockOffset: number;
}

/** Everything the sandbox knows of its one account. */
export interface AccountState {
  readonly tenantId: string;
  /** The main account's own ID, named as the modifier of what it changes. */
  readonly memberId: string;
  /** The main account's access keys. Those of sub accounts are with their sub account. */
  readonly accessKeys: AccessKey[];
  readonly apiKeys: ApiKeyTable;
  readonly authKeys: AuthKey[];
  readonly subAccounts: SubAccount[];
  readonly switches: Switches;
}

/** An auth key as NSML would register it. `time` is in milliseconds since the epoch. */
export function authKeyOf(title: string, blob: Buffer, time: number): AuthKey {
  return {
    name: md5OfBlob(blob),
    title,
    fingerprint: fingerprintOf(blob),
    createTime: formatKorean(time),
  };
}
