import { valueOf } from "../changes/apiKeyChanges.ts";
import { getApiKey } from "../ncloud/apiGateway.ts";
import type { ApiKeyRow } from "../inventory/row.ts";
import type { SignedIn } from "../session/session.ts";
import { renewValue } from "./apiKeyValues.ts";
import { chooseKeys } from "./chooseKeys.ts";
import type { MakeServices } from "./makeKeys.ts";
import type { Services } from "./services.ts";

type RotateServices = MakeServices & Pick<Services, "rotateDialogs">;

/**
 * Renews both values of an API key, the secondary first, so that there is one that works all along:
 * between the two the person moves whatever sends the primary over.
 */
export async function rotateApiKey(
  services: RotateServices,
  args: readonly unknown[],
): Promise<void> {
  const chosen = await chooseKeys(services, "apiKey", "rotate", args);
  const [row] = chosen?.rows ?? [];
  if (!chosen || !row) return;
  const { rotateDialogs, messages } = services;
  const { signedIn } = chosen;
  const { name } = row.apiKey;
  let isSecondaryNew = false;
  for (;;) {
    try {
      isSecondaryNew ||= await renewValue(services, signedIn, row, "secondary");
      if (!isSecondaryNew) return;
      if (await renewPrimary(services, signedIn, row)) rotateDialogs.bothRenewed(name);
      else rotateDialogs.secondaryOnly(name);
      return;
    } catch (error) {
      if (await messages.report("rotate", error)) continue;
      if (isSecondaryNew) rotateDialogs.secondaryOnly(name);
      return;
    }
  }
}

async function renewPrimary(
  services: RotateServices,
  signedIn: SignedIn,
  row: ApiKeyRow,
): Promise<boolean> {
  const isMoved = await isMovedOver(services, signedIn, row);
  return isMoved && renewValue(services, signedIn, row, "primary");
}

/** Waits until the person has moved to the secondary value whatever sent the primary, or leaves. */
async function isMovedOver(
  { rotateDialogs, messages, copySecret }: RotateServices,
  { inventory }: SignedIn,
  { apiKey }: ApiKeyRow,
): Promise<boolean> {
  for (;;) {
    const choice = await rotateDialogs.afterSecondary(apiKey.name);
    if (choice !== "copySecondary") return choice === "goOn";
    const detail = await messages.whileChecking((signal) =>
      getApiKey(inventory.client, apiKey.apiKeyId, signal),
    );
    await copySecret(valueOf(detail, "secondary"), "secondary");
  }
}
