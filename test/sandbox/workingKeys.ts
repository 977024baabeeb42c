import type { AccessKey, AccountState, AuthKey, SubAccount } from "./state.ts";

/** The access keys that sign for a sub account now, newest first; for none, the main account's. */
export function workingAccessKeys(state: AccountState, subAccountId?: string): AccessKey[] {
  if (subAccountId === undefined) return state.accessKeys.filter(({ active }) => active);
  const owner = state.subAccounts.find((candidate) => candidate.subAccountId === subAccountId);
  return owner === undefined ? [] : signingKeysOf(owner);
}

/** While a sub account is switched off or may not use the API, its active access keys are idle. */
export function signingKeysOf(subAccount: SubAccount): AccessKey[] {
  return subAccount.active && subAccount.canAPIGatewayAccess
    ? subAccount.accessKeys.filter(({ active }) => active)
    : [];
}

/** The access key of that ID if requests may be signed with it now. */
export function usableAccessKey(state: AccountState, accessKeyId: string): AccessKey | undefined {
  const isIt = ({ accessKey }: AccessKey) => accessKey === accessKeyId;
  return workingAccessKeys(state).find(isIt) ?? state.subAccounts.flatMap(signingKeysOf).find(isIt);
}

/** The primary and the secondary value of an API key, while it is there and enabled. */
export function workingApiKeyValues(state: AccountState, apiKeyId: string): string[] {
  if (state.apiKeys.get(apiKeyId)?.isEnabled !== true) return [];
  const { primaryKey, secondaryKey } = state.apiKeys.valuesOf(apiKeyId);
  return [primaryKey, secondaryKey];
}

/** Every registered auth key works, oldest first. */
export function workingAuthKeys(state: AccountState): readonly AuthKey[] {
  return state.authKeys;
}
