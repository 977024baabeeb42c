import { l10n } from "vscode";
import type { ApiKey } from "../ncloud/apiGateway.ts";
import type { AccessKey } from "../ncloud/subAccount.ts";

/** How a key shows whether it works, in a row of the tree and in a pick. */
interface KeyLook {
  /** Of the product icons. */
  readonly icon: string;
  /** Absent where it goes without saying. */
  readonly state?: string;
}

export function apiKeyLook({ isEnabled }: Pick<ApiKey, "isEnabled">): KeyLook {
  return isEnabled ? { icon: "plug" } : { icon: "circle-slash", state: l10n.t("disabled") };
}

export function accessKeyLook({ active }: Pick<AccessKey, "active">): Required<KeyLook> {
  return active
    ? { icon: "key", state: l10n.t("active") }
    : { icon: "circle-slash", state: l10n.t("inactive") };
}
