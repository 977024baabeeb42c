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
  if (chosen && row) await rotateApiKeyRow(services, chosen.signedIn, row);
}

export async function rotateApiKeyRow(
  services: RotateServices,
  signedIn: SignedIn,
  row: ApiKeyRow,
): Promise<void> {
  const renewed: Renewed = {};
  for (;;) {
    try {
      await renewInTurn(services, signedIn, row, renewed);
      break;
    } catch (error) {
      if (!(await services.messages.report("rotate", error))) break;
    }
  }
  await sayWhereThingsStand(services, row.apiKey.name, renewed);
}

/** The API key as it was read after each of its values became new. */
interface Renewed {
  secondary?: ApiKeyDetail | undefined;
  primary?: ApiKeyDetail | undefined;
}

/** What is renewed already is not renewed again by another try. */
async function renewInTurn(
  services: RotateServices,
  signedIn: SignedIn,
  row: ApiKeyRow,
  renewed: Renewed,
): Promise<void> {
  renewed.secondary ??= await renewValue(services, signedIn, row, "secondary");
  if (!renewed.secondary) return;
  renewed.primary = await renewPrimary(services, signedIn, row, renewed.secondary);
}

async function sayWhereThingsStand(
  { rotateDialogs, copySecret }: RotateServices,
  name: string,
  { secondary, primary }: Renewed,
): Promise<void> {
  if (!secondary) return;
  if (!primary) rotateDialogs.secondaryOnly(name);
  else if (await rotateDialogs.bothRenewed(name)) await copySecret(primary.primaryKey, "primary");
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
