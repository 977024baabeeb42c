import type { ApiKeyDetail } from "../ncloud/apiGateway.ts";
import type { ApiKeyRow } from "../inventory/row.ts";
import type { SignedIn } from "../session/session.ts";
import { renewValue } from "./apiKeyValues.ts";
import { asOftenAsWanted } from "./asOftenAsWanted.ts";
import { chooseKey } from "./chooseKeys.ts";
import type { MakeServices } from "./makeKeys.ts";
import type { Services } from "./services.ts";
import { stillSignedIn } from "./stillSignedIn.ts";

type RotateServices = MakeServices & Pick<Services, "rotateDialogs">;

/**
 * Renews both values of an API key, the secondary first, so that there is one that works all along:
 * between the two the person moves whatever sends the primary over.
 */
export async function rotateApiKey(
  services: RotateServices,
  args: readonly unknown[],
): Promise<void> {
  const chosen = await chooseKey(services, "apiKey", "rotate", args);
  if (chosen) await rotateApiKeyRow(services, chosen.signedIn, chosen.row);
}

export async function rotateApiKeyRow(
  services: RotateServices,
  signedIn: SignedIn,
  row: ApiKeyRow,
): Promise<void> {
  const renewed: Renewed = {};
  await asOftenAsWanted(services.messages, "rotate", () =>
    renewInTurn(services, signedIn, row, renewed),
  );
  await sayWhereThingsStand(services, row.apiKey.name, renewed);
}

/** The API key as it was read after each of its values became new. */
interface Renewed {
  secondary?: ApiKeyDetail | "uncertain" | undefined;
  primary?: ApiKeyDetail | "uncertain" | undefined;
}

/** What is renewed already is not renewed again by another try. */
async function renewInTurn(
  services: RotateServices,
  signedIn: SignedIn,
  row: ApiKeyRow,
  renewed: Renewed,
): Promise<void> {
  renewed.secondary ??= await renewValue(services, signedIn, row, "secondary");
  if (!renewed.secondary || renewed.secondary === "uncertain") return;
  if (!(await hasMovedOver(services, renewed.secondary))) return;
  // The account may send the new value to NSML now, and has an inventory of its own then.
  const now = await stillSignedIn(services.session, signedIn);
  if (now) renewed.primary = await renewValue(services, now, row, "primary");
}

/** Of what is uncertain the person was told so, and no more can be said. */
async function sayWhereThingsStand(
  { rotateDialogs, changeReports, copySecret }: RotateServices,
  name: string,
  { secondary, primary }: Renewed,
): Promise<void> {
  if (secondary === "uncertain" || primary === "uncertain") return;
  if (!secondary) changeReports.stopped();
  else if (!primary) rotateDialogs.secondaryOnly(name);
  else if (await rotateDialogs.bothRenewed(name))
    await copySecret(primary.primaryKey, "primary", name);
}

/** Whether the person says that nothing sends the primary value any more. */
async function hasMovedOver(
  { rotateDialogs, copySecret }: RotateServices,
  detail: ApiKeyDetail,
): Promise<boolean> {
  for (;;) {
    const choice = await rotateDialogs.afterSecondary(detail);
    if (choice !== "copySecondary") return choice === "goOn";
    await copySecret(detail.secondaryKey, "secondary", detail.name);
  }
}
