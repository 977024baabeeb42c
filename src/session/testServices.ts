import type { Inventory } from "../inventory/inventory.ts";
import { listApiKeys } from "../ncloud/apiGateway.ts";
import { NcloudError } from "../ncloud/ncloudError.ts";
import { listAuthKeys } from "../ncloud/nsml.ts";
import { listSubAccounts } from "../ncloud/subAccount.ts";
import type { ServiceName } from "../ncloud/zone.ts";

export interface ServiceResult {
  readonly service: ServiceName;
  readonly result: "reached" | "needsApiKey" | NcloudError;
}

/** Asks each service for the least there is. @throws NcloudError when cancelled */
export function testServices(
  { client, nsml }: Inventory,
  signal: AbortSignal,
): Promise<readonly ServiceResult[]> {
  return Promise.all([
    resultOf("apiGateway", listApiKeys(client, { offset: 0, limit: 1 }, signal)),
    resultOf("subAccount", listSubAccounts(client, { page: 0, size: 1 }, signal)),
    nsml === "needsApiKey"
      ? { service: "nsml", result: "needsApiKey" }
      : resultOf("nsml", listAuthKeys(client, signal)),
  ]);
}

async function resultOf(service: ServiceName, answer: Promise<unknown>): Promise<ServiceResult> {
  try {
    await answer;
    return { service, result: "reached" };
  } catch (error) {
    if (!(error instanceof NcloudError) || error.kind === "cancelled") throw error;
    return { service, result: error };
  }
}
