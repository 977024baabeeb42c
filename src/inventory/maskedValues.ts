import type { ApiKeyDetail } from "../ncloud/apiGateway.ts";
import { maskSecret } from "../ncloud/secret.ts";

/** Both values of an API key as they may be shown. The values themselves are not kept. */
export interface MaskedValues {
  readonly primary: string;
  readonly secondary: string;
}

export function maskedValues({ primaryKey, secondaryKey }: ApiKeyDetail): MaskedValues {
  return { primary: maskSecret(primaryKey), secondary: maskSecret(secondaryKey) };
}
