import type { ApiKey } from "../ncloud/apiGateway.ts";
import type { AuthKey } from "../ncloud/nsml.ts";
import type { AccessKey } from "../ncloud/subAccount.ts";

/** What a change of ours left at NCP, as it was read after it. */
export type ChangedKeys =
  /** All of them. */
  | { readonly kind: "authKeys"; readonly authKeys: readonly AuthKey[] }
  | { readonly kind: "apiKey"; readonly apiKey: ApiKey }
  | { readonly kind: "noApiKey"; readonly apiKeyId: string }
  /** All of one sub account. */
  | {
      readonly kind: "accessKeys";
      readonly subAccountId: string;
      readonly accessKeys: readonly AccessKey[];
    };
