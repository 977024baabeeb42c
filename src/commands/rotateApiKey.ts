import { valueOf } from "../changes/apiKeyChanges.ts";
import { getApiKey } from "../ncloud/apiGateway.ts";
import { renewValue } from "./apiKeyValues.ts";
import { chooseKeys } from "./chooseKeys.ts";
import type { MakeServices } from "./makeKeys.ts";
import type { Services } from "./services.ts";

/**
 * Renews both values of an API key, the secondary first, so that there is one that works all along:
 * between the two the person moves whatever sends the primary over.
 */
export async function rotateApiKey(
  services: MakeServices & Pick<Services, "rotateDialogs">,
  args: readonly unknown[],
): Promise<void> {
  const chosen = await chooseKeys(services, "apiKey", "rotate", args);
  const [row] = chosen?.rows ?? [];
  if (!chosen || !row) return;
  const { rotateDialogs, messages, copySecret } = services;
  const { signedIn } = chosen;
  const { name, apiKeyId } = row.apiKey;
  let isSecondaryNew = false;
  for (;;) {
    try {
      isSecondaryNew ||= await renewValue(services, signedIn, row, "secondary");
      if (!isSecondaryNew) return;
      const choice = await rotateDialogs.afterSecondary(name);
      if (choice === "copySecondary") {
        const detail = await messages.whileChecking((signal) =>
          getApiKey(signedIn.inventory.client, apiKeyId, signal),
        );
        await copySecret(valueOf(detail, "secondary"), "secondary");
        continue;
      }
      if (choice === "goOn" && (await renewValue(services, signedIn, row, "primary"))) {
        rotateDialogs.bothRenewed(name);
      } else {
        rotateDialogs.secondaryOnly(name);
      }
      return;
    } catch (error) {
      if (await messages.report("rotate", error)) continue;
      if (isSecondaryNew) rotateDialogs.secondaryOnly(name);
      return;
    }
  }
}
