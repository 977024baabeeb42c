import type { ApiKey } from "../ncloud/apiGateway.ts";
import type { AccessKey } from "../ncloud/subAccount.ts";

/** A key that takes another one's place, and the one that is to go. */
export interface Replacement {
  readonly newKey: string;
  readonly oldKey: string;
}

/** An access key that takes another one's place. */
export interface AccessKeyReplacement extends Replacement {
  /** The access key that was deactivated to make room, if one was. It may be the old one itself. */
  readonly madeRoom: string | undefined;
}

/** The accounts of this computer that sign with an access key. */
export interface Signers {
  readonly labels: readonly string[];
  /** False: the keychain failed, so that there may be others. */
  readonly isComplete: boolean;
}

/** What is asked and said while a key is rotated, step by step. Whoever stops is told where things stand. */
export interface RotateDialogs {
  /** Which active access key makes room for the new one: its ID; undefined when the person stops. */
  chooseToDeactivate(
    accessKeys: readonly AccessKey[],
    toBeRotated: string,
  ): Promise<string | undefined>;
  confirmDeactivation(accessKeyId: string, signers: Signers): Promise<boolean>;
  /** The only active access key would have to go before there is another one. */
  noRoom(): void;
  /** Accounts of this computer sign with the old access key; true when they get the new one. */
  confirmReplacement(replacement: Replacement, accounts: readonly string[]): Promise<boolean>;
  /** The keychain did not take the new access key for these accounts. */
  notReplaced(oldKey: string, accounts: readonly string[]): void;
  confirmOldOff(replacement: Replacement, signers: Signers): Promise<boolean>;
  /** The old access key is off; true when it is to be deleted now. */
  offerToDeleteOld(replacement: AccessKeyReplacement): Promise<boolean>;
  /** The old access key is off, and cannot be deleted by who is signed in now. */
  oldIsOff(replacement: AccessKeyReplacement): void;
  /** The rotation of an access key ended while both are active. */
  bothActive(replacement: AccessKeyReplacement): void;
  /** The secret of the new access key was given up; true when the key is to be deleted. */
  offerToDeleteUnused(replacement: AccessKeyReplacement): Promise<boolean>;
  /** The same, where nobody is signed in any more who could delete it. */
  unusedLeft(replacement: AccessKeyReplacement): void;
  /** The key made room for an access key that there is not; true when it is switched on again. */
  offerToSwitchBack(accessKeyId: string): Promise<boolean>;
  /** The rotation of an auth key ended before NSML had another one. */
  oldAuthKeyUntouched(authKey: string): void;
  /** The new auth key is there; true when the old one is to be deleted. */
  confirmDeletingOldAuthKey(replacement: Replacement): Promise<boolean>;
  /** The rotation of an auth key ended while NSML has both. */
  bothInNsml(replacement: Replacement): void;
  /** The secondary value is new: what is to be done before the primary can be. */
  afterSecondary(
    apiKey: Pick<ApiKey, "name" | "isEnabled">,
  ): Promise<"copySecondary" | "goOn" | "later">;
  secondaryOnly(apiKey: string): void;
  /** True when the new primary value is to be copied. */
  bothRenewed(apiKey: string): Promise<boolean>;
}
