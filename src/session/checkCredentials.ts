import { showsAcceptedSignature } from "../ncloud/answerError.ts";
import { listApiKeys } from "../ncloud/apiGateway.ts";
import type { NcloudClient } from "../ncloud/ncloudClient.ts";
import { NcloudError } from "../ncloud/ncloudError.ts";
import { listSubAccounts } from "../ncloud/subAccount.ts";

/**
 * Whether NCP accepts the signature: undefined, or why not. A key that may not list one service,
 * or none, still signs in: what counts is that the signature was accepted.
 */
export async function checkCredentials(
  client: NcloudClient,
  signal: AbortSignal,
): Promise<NcloudError | undefined> {
  const results = await Promise.allSettled([
    listApiKeys(client, { offset: 0, limit: 1 }, signal),
    listSubAccounts(client, { page: 0, size: 1 }, signal),
  ]);
  const errors = results.flatMap((result) =>
    result.status === "fulfilled" ? [] : [asNcloudError(result.reason)],
  );
  if (errors.length < results.length || errors.some(showsAcceptedSignature)) return undefined;
  return errors.find(({ kind }) => kind === "wrongCredentials" || kind === "clock") ?? errors[0];
}

function asNcloudError(error: unknown): NcloudError {
  return error instanceof NcloudError ? error : new NcloudError("network", { cause: error });
}
