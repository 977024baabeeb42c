import type { AuthKeyRow } from "../inventory/row.ts";
import type { SignedIn } from "../session/session.ts";
import type { Replacement } from "../ui/rotateDialogs.ts";
import { changeConfirmed, type ChangeServices } from "./changeKeys.ts";
import { chooseKey } from "./chooseKeys.ts";
import { choosePublicKey } from "./choosePublicKey.ts";
import type { Services } from "./services.ts";
import { stillSignedIn } from "./stillSignedIn.ts";
import { showExisting, uploadChosen, type UploadServices } from "./uploadChosen.ts";

type RotateServices = UploadServices & ChangeServices & Pick<Services, "rotateDialogs">;

/**
 * Replaces an auth key: another public key is chosen or made and uploaded, and once NSML lists it
 * the old one may be deleted.
 */
export async function rotateAuthKey(
  services: RotateServices,
  args: readonly unknown[],
): Promise<void> {
  const chosen = await chooseKey(services, "authKey", "rotate", args);
  if (chosen) await rotateAuthKeyRow(services, chosen.signedIn, chosen.row);
}

export async function rotateAuthKeyRow(
  services: RotateServices,
  signedIn: SignedIn,
  row: AuthKeyRow,
): Promise<void> {
  const { rotateDialogs, session } = services;
  const old = row.authKey;
  const [listed] = await uploadChosen(
    services,
    [(authKeys) => choosePublicKey(services, authKeys)],
    { isPart: true },
  );
  if (!listed) {
    rotateDialogs.oldAuthKeyUntouched(old.title);
    return;
  }
  if (listed.title === old.title && listed.name === old.name) {
    await showExisting(services, signedIn.inventory, listed);
    return;
  }
  const replacement: Replacement = { newKey: listed.title, oldKey: old.title };
  const isWanted = await rotateDialogs.confirmDeletingOldAuthKey(replacement);
  const now = isWanted ? await stillSignedIn(session, signedIn) : undefined;
  const [result] = now ? await changeConfirmed(services, now, "delete", [{ row, uses: [] }]) : [];
  const end = result?.outcome.kind ?? "notTried";
  if (end === "notTried" || end === "failed") rotateDialogs.bothInNsml(replacement);
}
