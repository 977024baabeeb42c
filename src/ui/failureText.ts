import { l10n } from "vscode";
import type { KeychainError } from "../accounts/keychainError.ts";
import type { NcloudError, NcloudErrorKind } from "../ncloud/ncloudError.ts";
import { requestTimeLimit } from "../ncloud/ncloudClient.ts";
import type { ServiceName } from "../ncloud/zone.ts";

/** A failure in our words: what happened, what to do next, and the one action that helps. */
export interface FailureText {
  /** A few words, for a row of the sidebar. */
  readonly title: string;
  /** A sentence on what happened. */
  readonly whatHappened: string;
  /** A sentence on what to do. */
  readonly nextStep: string;
  readonly action: FailureAction;
}

export type FailureAction = "retry" | "signIn" | "chooseApiKey" | "openConsole" | "showLog";

export function serviceTitle(service: ServiceName | undefined): string {
  switch (service) {
    case "nsml":
      return "NSML";
    case "apiGateway":
      return "API Gateway";
    case "subAccount":
      return "Sub Account";
    case undefined:
      return l10n.t("NAVER Cloud");
  }
}

/** The only place where a failure of NCP becomes words. */
export function describeFailure(error: NcloudError): FailureText {
  return failureTexts[error.kind](error, serviceTitle(error.facts.service));
}

const failureTexts: Readonly<
  Record<NcloudErrorKind, (error: NcloudError, service: string) => FailureText>
> = {
  wrongCredentials: (error) =>
    error.facts.service === "nsml"
      ? {
          title: l10n.t("API key not accepted"),
          whatHappened: l10n.t("NSML did not accept the API key together with the access key."),
          nextStep: l10n.t("Choose an API key that is enabled and subscribed to NSML."),
          action: "chooseApiKey",
        }
      : {
          title: l10n.t("Access key not accepted"),
          whatHappened: l10n.t("NAVER Cloud did not accept the access key ID and the secret key."),
          nextStep: l10n.t("Sign in again with an access key that is active."),
          action: "signIn",
        },
  noPermission: (_, service) => ({
    title: l10n.t("No permission"),
    whatHappened: l10n.t("This access key may not use {0}.", service),
    nextStep: l10n.t("Ask the owner of the account for the permission, then try again."),
    action: "retry",
  }),
  notSubscribed: (_, service) => ({
    title: l10n.t("Not subscribed"),
    whatHappened: l10n.t("The account is not subscribed to {0}.", service),
    nextStep: l10n.t("Subscribe to it in the NAVER Cloud console, then try again."),
    action: "openConsole",
  }),
  notFound: (error, service) =>
    error.facts.service === "nsml"
      ? {
          title: l10n.t("Not available"),
          whatHappened: l10n.t("This account has no NSML, which is a closed beta."),
          nextStep: l10n.t("If it should have, choose an API key that is subscribed to NSML."),
          action: "chooseApiKey",
        }
      : {
          title: l10n.t("Not found"),
          whatHappened: l10n.t("{0} does not know this item, or not any more.", service),
          nextStep: l10n.t("Refresh the list to see what is there now."),
          action: "retry",
        },
  limitReached: (error) =>
    error.facts.status === 409 || error.facts.code === "9012"
      ? {
          title: l10n.t("Limit reached"),
          whatHappened: l10n.t("The limit of active access keys is reached."),
          nextStep: l10n.t("Deactivate or delete one that is no longer used, then try again."),
          action: "retry",
        }
      : {
          title: l10n.t("Too many requests"),
          whatHappened: l10n.t("NAVER Cloud takes no more requests from this account right now."),
          nextStep: waitingStep(error) ?? l10n.t("Wait a moment, then try again."),
          action: "retry",
        },
  badRequest: (_, service) => ({
    title: l10n.t("Request refused"),
    whatHappened: l10n.t("{0} refused the request as invalid.", service),
    nextStep: l10n.t("The log has the reason that was given."),
    action: "showLog",
  }),
  clock: (error) => ({
    title: l10n.t("Clock is off"),
    whatHappened: clockSentence(error.facts.clockSkew ?? 0),
    nextStep: l10n.t("Set the date and time of this computer, then try again."),
    action: "retry",
  }),
  network: () => ({
    title: l10n.t("No connection"),
    whatHappened: l10n.t("NAVER Cloud could not be reached."),
    nextStep: l10n.t("Check the network connection, then try again."),
    action: "retry",
  }),
  tls: (error) =>
    error.facts.isUnsent
      ? {
          title: l10n.t("Certificate not trusted"),
          whatHappened: l10n.t(
            "The server could not prove that it is NAVER Cloud: its certificate is not trusted.",
          ),
          nextStep: l10n.t(
            "If your network inspects secure connections, have its certificate installed on this computer.",
          ),
          action: "retry",
        }
      : {
          title: l10n.t("No secure connection"),
          whatHappened: l10n.t("The secure connection to NAVER Cloud broke or never came about."),
          nextStep: l10n.t(
            "Try again from another network, or ask who runs this one; the log has the details.",
          ),
          action: "retry",
        },
  proxy: () => ({
    title: l10n.t("Stopped at the proxy"),
    whatHappened: l10n.t("The proxy gave no answer, or refused the request."),
    nextStep: l10n.t(
      "Check the proxy settings of VS Code and your sign-in at the proxy, then try again.",
    ),
    action: "retry",
  }),
  timeout: (error, service) => ({
    title: l10n.t("No answer in time"),
    whatHappened:
      error.facts.status === undefined
        ? l10n.t("{0} did not answer within {1} seconds.", service, requestTimeLimit / 1000)
        : l10n.t("{0} gave up waiting for the request.", service),
    nextStep: l10n.t("If the connection is slow or takes a detour, see to that, then try again."),
    action: "retry",
  }),
  server: (error, service) => ({
    title: l10n.t("Fault at NAVER Cloud"),
    whatHappened: l10n.t("{0} reports a fault of its own.", service),
    nextStep: waitingStep(error) ?? l10n.t("Try again in a moment."),
    action: "retry",
  }),
  badAnswer: (error, service) => ({
    title: l10n.t("Answer not understood"),
    whatHappened:
      error.facts.field === undefined
        ? l10n.t("{0} gave an answer that cannot be read.", service)
        : l10n.t(
            '{0} gave an answer whose field "{1}" cannot be read.',
            service,
            error.facts.field,
          ),
    nextStep: l10n.t("Try again; if it stays, the log has the details."),
    action: "retry",
  }),
  unavailableInZone: (_, service) => ({
    title: l10n.t("Not in this zone"),
    whatHappened: l10n.t("{0} is not offered in the zone of this account.", service),
    nextStep: l10n.t("Sign in to an account in the public zone."),
    action: "signIn",
  }),
  cancelled: () => ({
    title: l10n.t("Cancelled"),
    whatHappened: l10n.t("The request was cancelled."),
    nextStep: l10n.t("Try again when you are ready."),
    action: "retry",
  }),
};

/** What to do where the server said how long to wait. */
function waitingStep({ facts: { retryAfter } }: NcloudError): string | undefined {
  return retryAfter ? l10n.t("Try again in {0}.", duration(retryAfter, Math.ceil)) : undefined;
}

function duration(milliseconds: number, round: (amount: number) => number): string {
  if (milliseconds < 120_000) return l10n.t("{0} seconds", round(milliseconds / 1000));
  if (milliseconds < 7_200_000) return l10n.t("{0} minutes", round(milliseconds / 60_000));
  return l10n.t("{0} hours", round(milliseconds / 3_600_000));
}

/** @param skew the server's clock minus ours, milliseconds */
export function clockSentence(skew: number): string {
  const amount = duration(Math.abs(skew), Math.round);
  return skew > 0
    ? l10n.t("The clock of this computer is {0} behind NAVER Cloud's.", amount)
    : l10n.t("The clock of this computer is {0} ahead of NAVER Cloud's.", amount);
}

/** What a failure of the keychain means for the person, and what to do. */
export function describeKeychainFailure(
  error: KeychainError,
): Pick<FailureText, "whatHappened" | "nextStep"> {
  switch (error.kind) {
    case "missing":
      return {
        whatHappened: l10n.t("The keychain does not have the credentials of this account."),
        nextStep: l10n.t("Sign in again."),
      };
    case "unreadable":
      return {
        whatHappened: l10n.t("The credentials of this account in the keychain are damaged."),
        nextStep: l10n.t("Sign in again."),
      };
    case "newerVersion":
      return {
        whatHappened: l10n.t("The credentials were stored by a newer version of Ncloud Keys."),
        nextStep: l10n.t("Update the extension; nothing was changed."),
      };
    case "timeout":
      return {
        whatHappened: l10n.t("The keychain of this computer did not answer."),
        nextStep: l10n.t("Unlock it, then try again; nothing was changed."),
      };
    case "failed":
      return {
        whatHappened: l10n.t("The keychain of this computer refused."),
        nextStep: l10n.t(
          "Check that it is unlocked and working, then try again; the log has the details.",
        ),
      };
  }
}

export function actionTitle(action: FailureAction): string {
  switch (action) {
    case "retry":
      return l10n.t("Retry");
    case "signIn":
      return l10n.t("Sign In");
    case "chooseApiKey":
      return l10n.t("Choose API Key");
    case "openConsole":
      return l10n.t("Open Console");
    case "showLog":
      return l10n.t("Show Log");
  }
}
