import { randomBytes } from "node:crypto";
import type { Account } from "../../../src/accounts/account.ts";
import { Secret } from "../../../src/ncloud/secret.ts";

/** Text that nobody can have written down anywhere. */
export function newSecretText(): string {
  return randomBytes(20).toString("hex");
}

/** An account with an access key of its own, made up but for what is given. */
export function newAccount(facts: Partial<Account> & Pick<Account, "id">): Account {
  return {
    label: `label of ${facts.id}`,
    zone: { kind: "public" },
    accessKeyId: `access key ID of ${facts.id}`,
    secretKey: new Secret(newSecretText()),
    subAccountIds: [],
    ...facts,
  };
}

/** An account to compare: two secrets look the same until they are revealed. */
export function revealed(account: Account): object {
  const { signInId, nsmlApiKey, nsmlApiKeyId, ...others } = account;
  Reflect.deleteProperty(others, "revisions");
  return {
    ...others,
    secretKey: account.secretKey.reveal(),
    ...(nsmlApiKey && { nsmlApiKey: nsmlApiKey.reveal() }),
    ...(nsmlApiKeyId !== undefined && { nsmlApiKeyId }),
    ...(signInId !== undefined && { signInId }),
  };
}
