import { window } from "vscode";
import type { Account } from "../../../src/accounts/account.ts";
import { systemClock } from "../../../src/ncloud/clock.ts";
import type { ClientParts } from "../../../src/ncloud/ncloudClient.ts";
import { nodeFetchTransport } from "../../../src/ncloud/nodeFetchTransport.ts";
import { Secret } from "../../../src/ncloud/secret.ts";
import { logRequest } from "../../../src/ui/log.ts";
import type { BenchAccount } from "../server.ts";

const log = window.createOutputChannel("Ncloud Keys, measured", { log: true });

export const clientParts: ClientParts = {
  transport: nodeFetchTransport,
  clock: systemClock,
  log: (entry) => logRequest(log, entry),
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
