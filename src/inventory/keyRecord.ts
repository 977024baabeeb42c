import type { ApiKey } from "../ncloud/apiGateway.ts";
import type { NcloudError } from "../ncloud/ncloudError.ts";
import type { AuthKey } from "../ncloud/nsml.ts";
import type { AccessKey, SubAccount } from "../ncloud/subAccount.ts";
import type { LocalKey } from "./localKeyIndex.ts";

/** A sub account as far as it is known: one that was named by its ID may not be listed. */
export interface SubAccountRef {
  readonly subAccountId: string;
  readonly subAccount: SubAccount | undefined;
}

/** One thing of an account that has an ID, with what it belongs to. It holds no secret. */
export type KeyRecord =
  | {
      readonly kind: "authKey";
      readonly authKey: AuthKey;
      /** The file on this computer that holds the same public key; undefined: these were not read. */
      readonly localKey: LocalKey | null | undefined;
    }
  | { readonly kind: "apiKey"; readonly apiKey: ApiKey }
  | ({ readonly kind: "subAccount" } & SubAccountRef)
  | { readonly kind: "accessKey"; readonly accessKey: AccessKey; readonly owner: SubAccountRef };

/** What could not be read, so that nothing can be said of the keys in it. */
export interface Gap {
  readonly place:
    /** `localKeys`: which auth keys are on this computer is not known; `error` is none of NCP's. */
    | { readonly kind: "authKeys" | "apiKeys" | "subAccounts" | "localKeys" }
    | { readonly kind: "accessKeys"; readonly owner: SubAccountRef };
  readonly error: NcloudError;
}
