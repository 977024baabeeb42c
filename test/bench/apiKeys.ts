import type { KeyRecord } from "../../src/inventory/keyRecord.ts";
import { generateAccount } from "../sandbox/accountGenerator.ts";

/** The API keys of a made-up account, as they are when they were read. */
export function madeUpApiKeys(count: number): KeyRecord[] {
  const { apiKeys } = generateAccount({
    apiKeys: count,
    subAccounts: 0,
    authKeys: 0,
    seed: "bench",
    now: Date.now(),
    deny: [],
    switches: {
      nsmlSubscribed: true,
      apiGatewayOpened: true,
      refuseRealNistp256: false,
      listApiKeyValues: false,
      limitCap: 1000,
      mostActiveAccessKeys: 2,
      clockOffset: 0,
    },
  });
  return apiKeys.all().map(({ apiKeyId, apiKeyName, apiKeyDescription, isEnabled, modTime }) => ({
    kind: "apiKey",
    apiKey: {
      apiKeyId,
      name: apiKeyName,
      description: apiKeyDescription,
      isEnabled,
      modifiedAt: Date.parse(modTime),
    },
  }));
}
