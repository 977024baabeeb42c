import { l10n, QuickPickItemKind } from "vscode";
import type { ApiKey, ApiKeyPage } from "../ncloud/apiGateway.ts";
import { NcloudError } from "../ncloud/ncloudError.ts";
import { Secret } from "../ncloud/secret.ts";
import { parseOrigin, type OriginProblem, type Zone } from "../ncloud/zone.ts";
import { countText } from "./age.ts";
import { describeFailure } from "./failureText.ts";
import { plainInPick } from "./plainText.ts";
import type { Answer, NsmlApiKeyChoice, SignInPrompts, StepPosition } from "./prompts.ts";
import { askPick, askText, type PickItem } from "./quickInput.ts";

const title = () => l10n.t("Sign In to NAVER Cloud");

export const signInPrompts: SignInPrompts = {
  nameOfZone: zoneTitle,

  async askZone(position, initial) {
    for (;;) {
      const answer = await askPick<Zone["kind"]>({
        title: title(),
        placeholder: l10n.t("Which NAVER Cloud is the account on?"),
        position,
        active: (kind) => kind === (initial?.kind ?? "public"),
        items: [
          zoneItem({ kind: "public" }, "ncloud.com"),
          zoneItem({ kind: "government" }, "gov-ncloud.com"),
          zoneItem({ kind: "financial" }, l10n.t("fin-ncloud.com, reached over its SSL VPN")),
          { label: l10n.t("Custom Origin…"), description: "https://…", value: "custom" },
        ],
      });
      if (answer.kind !== "given") return answer;
      if (answer.value !== "custom") return { kind: "given", value: { kind: answer.value } };
      const typed = await askOrigin(position, initial?.kind === "custom" ? initial.origin : "");
      if (typed.kind !== "back") return typed;
    }
  },

  askAccessKeyId: (position, initial) =>
    askTrimmed({
      title: title(),
      position,
      initial,
      prompt: l10n.t("Access key ID, from the console under My Account > Access Management"),
      placeholder: "ncp_iam_…",
      validate: (text) =>
        /^\s*\w{16,64}\s*$/.test(text)
          ? undefined
          : l10n.t("An access key ID has at least 16 letters, digits or _, and no spaces."),
    }),

  async askSecretKey(position, check) {
    const answer = await askTrimmed({
      title: title(),
      position,
      secret: true,
      prompt: l10n.t(
        "Secret key of this access key. It is checked, then kept in the keychain only.",
      ),
      validate: (text) =>
        /^\s*[\x21-\x7e]{16,}\s*$/.test(text)
          ? undefined
          : l10n.t("A secret key has at least 16 characters, and no spaces."),
      check: async (text, signal) => {
        const error = await check(new Secret(text.trim()), signal);
        return error && failureLine(error);
      },
    });
    return answer.kind === "given" ? { kind: "given", value: new Secret(answer.value) } : answer;
  },

  async askNsmlApiKey(position, list, suggestedId) {
    for (;;) {
      const answer = await pickNsmlApiKey(position, list, suggestedId);
      if (answer.kind !== "given" || answer.value !== "paste")
        return answer as Answer<NsmlApiKeyChoice>;
      const pasted = await askTrimmed({
        title: nsmlTitle(position),
        position: { step: 1, totalSteps: 1, ...position, canGoBack: true },
        secret: true,
        prompt: l10n.t("Primary or secondary value of an API key that is subscribed to NSML"),
        validate: (text) =>
          /^\s*[\x21-\x7e]{8,}\s*$/.test(text)
            ? undefined
            : l10n.t("This is not an API key value."),
      });
      if (pasted.kind === "cancelled") return pasted;
      if (pasted.kind === "given") {
        return { kind: "given", value: { kind: "pasted", value: new Secret(pasted.value) } };
      }
    }
  },
};

const nsmlTitle = (position: StepPosition | undefined) =>
  position ? title() : l10n.t("API Key for NSML");

function pickNsmlApiKey(
  position: StepPosition | undefined,
  list: (signal: AbortSignal) => Promise<ApiKeyPage>,
  suggestedId: string | undefined,
): Promise<Answer<NsmlApiKeyChoice | "paste">> {
  // Above the account's own keys, which may be many.
  const others: PickItem<NsmlApiKeyChoice | "paste">[] = [
    {
      label: `$(clippy) ${l10n.t("Paste a Value…")}`,
      description: l10n.t("a primary or secondary value from elsewhere"),
      value: "paste",
    },
  ];
  if (position) {
    others.push({
      label: `$(debug-step-over) ${l10n.t("Skip")}`,
      description: l10n.t("this account does not use NSML, or not yet"),
      value: { kind: "skip" },
    });
  }
  const reading = new AbortController();
  const items = list(reading.signal).then(
    ({ apiKeys, total }): typeof others => [
      ...others,
      { label: apiKeysHeading(apiKeys.length, total), kind: QuickPickItemKind.Separator },
      ...apiKeys.filter(({ isEnabled }) => isEnabled).map(apiKeyItem),
      ...apiKeys.filter(({ isEnabled }) => !isEnabled).map(apiKeyItem),
    ],
    (error: unknown): typeof others => [
      ...others,
      {
        label: `$(warning) ${l10n.t("The API keys of the account could not be listed")}`,
        detail: error instanceof NcloudError ? failureLine(error) : "",
      },
    ],
  );
  return askPick({
    title: nsmlTitle(position),
    placeholder: l10n.t("NSML asks for an API key beside the signature. Which one?"),
    position,
    items,
    active: (choice) =>
      choice !== "paste" &&
      choice.kind === "picked" &&
      (suggestedId === undefined || choice.apiKey.apiKeyId === suggestedId),
  }).finally(() => reading.abort());
}

/** Says so where the account has more API keys than are shown. */
function apiKeysHeading(shown: number, total: number): string {
  return shown < total
    ? l10n.t("API keys of the account, {0} of {1}", countText(shown), countText(total))
    : l10n.t("API keys of the account");
}

function apiKeyItem(apiKey: ApiKey): PickItem<NsmlApiKeyChoice> {
  return {
    label: plainInPick(apiKey.name),
    description: apiKey.isEnabled
      ? plainInPick(apiKey.apiKeyId)
      : l10n.t("{0} · disabled", plainInPick(apiKey.apiKeyId)),
    detail: plainInPick(apiKey.description),
    value: { kind: "picked", apiKey },
  };
}

/** The name of a zone, as it is shown beside an account. */
export function zoneTitle(zone: Zone): string {
  switch (zone.kind) {
    case "public":
      return l10n.t("Public");
    case "government":
      return l10n.t("Government");
    case "financial":
      return l10n.t("Financial");
    case "custom":
      return zone.origin;
  }
}

export function describeOriginProblem(problem: OriginProblem): string {
  switch (problem) {
    case "notAUrl":
      return l10n.t("This is not an address such as https://ncp.example.com.");
    case "notHttps":
      return l10n.t("The address must begin with https://, or the key could be read on the way.");
    case "notAnOrigin":
      return l10n.t("Only scheme, host and port: no path, no user name, no query.");
  }
}

function askOrigin(position: StepPosition, initial: string): Promise<Answer<Zone>> {
  return askText({
    title: title(),
    position: { ...position, canGoBack: true },
    initial,
    placeholder: "https://ncp.example.com",
    prompt: l10n.t(
      "Origin that serves /api/v1 and /nsml/v1. Every request is signed for it and sent there.",
    ),
    validate: (text) => {
      const parsed = parseOrigin(text);
      return "problem" in parsed ? describeOriginProblem(parsed.problem) : undefined;
    },
  }).then((answer) => {
    if (answer.kind !== "given") return answer;
    const parsed = parseOrigin(answer.value);
    return "origin" in parsed
      ? { kind: "given", value: { kind: "custom", origin: parsed.origin } }
      : { kind: "cancelled" };
  });
}

function zoneItem(zone: Zone, description: string): PickItem<Zone["kind"]> {
  return { label: zoneTitle(zone), description, value: zone.kind };
}

/** White space around a pasted key is never part of it. */
async function askTrimmed(options: Parameters<typeof askText>[0]): Promise<Answer<string>> {
  const answer = await askText(options);
  return answer.kind === "given" ? { kind: "given", value: answer.value.trim() } : answer;
}

function failureLine(error: NcloudError): string {
  const { whatHappened, nextStep } = describeFailure(error);
  return `${whatHappened} ${nextStep}`;
}
