import type { Account } from "../../../src/accounts/account.ts";
import { systemClock } from "../../../src/ncloud/clock.ts";
import type { ClientParts } from "../../../src/ncloud/ncloudClient.ts";
import { nodeFetchTransport } from "../../../src/ncloud/nodeFetchTransport.ts";
import { Secret } from "../../../src/ncloud/secret.ts";
import type { BenchAccount } from "../server.ts";

export const clientParts: ClientParts = {
  transport: nodeFetchTransport,
  clock: systemClock,
  log: () => undefined,
};

/** The account as the extension keeps it. */
export function accountOf(account: BenchAccount): Account {
  return {
    id: "bench",
    label: "bench",
    zone: { kind: "custom", origin: account.origin },
    accessKeyId: account.accessKeyId,
    secretKey: new Secret(account.secretKey),
    nsmlApiKey: new Secret(account.apiKey),
    subAccountIds: [],
  };
}
