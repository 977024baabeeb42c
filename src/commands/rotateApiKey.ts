import type { ApiKeyDetail } from "../ncloud/apiGateway.ts";
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
  const { rotateDialogs, messages, copySecret } = services;
  const { signedIn } = chosen;
  const { name } = row.apiKey;
  let renewed: ApiKeyDetail | undefined;
  for (;;) {
    try {
      renewed ??= await renewValue(services, signedIn, row, "secondary");
      const both = renewed && (await renewPrimary(services, signedIn, row, renewed));
      if (both && (await rotateDialogs.bothRenewed(name))) {
        await copySecret(both.primaryKey, "primary");
      }
      if (renewed && !both) rotateDialogs.secondaryOnly(name);
      return;
    } catch (error) {
      if (await messages.report("rotate", error)) continue;
      if (renewed) rotateDialogs.secondaryOnly(name);
      return;
    }
  }
}

/** Renews the primary value once the person has moved to the secondary whatever sent it. */
async function renewPrimary(
  services: RotateServices,
  signedIn: SignedIn,
  row: ApiKeyRow,
  { secondaryKey }: ApiKeyDetail,
): Promise<ApiKeyDetail | undefined> {
  for (;;) {
    switch (await services.rotateDialogs.afterSecondary(row.apiKey.name)) {
      case "copySecondary":
        await services.copySecret(secondaryKey, "secondary");
        break;
      case "goOn":
        return renewValue(services, signedIn, row, "primary");
      case "later":
        return undefined;
    }
  }
}
