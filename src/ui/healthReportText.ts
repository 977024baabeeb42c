import { env, l10n } from "vscode";
import type { Mark, PageGap, PageKey, PageSummary } from "../healthPage/protocol.ts";
import type { Gap } from "../inventory/keyRecord.ts";
import type { Collected, ReadingState } from "../report/healthReport.ts";
import { authKeyTimeZone } from "../report/keyAge.ts";
import { healthOfKey, type KeyHealth, type KeyOnly } from "../report/keyHealth.ts";
import { nextStepOf, type NextStep } from "../report/nextStep.ts";
import { ageText, countText, dateText, shortAgeText } from "./age.ts";
import type { NcloudError } from "../ncloud/ncloudError.ts";
import { describeFailure } from "./failureText.ts";
import { findingText } from "./findingText.ts";
import { isUsual, placeText, reasonText } from "./gapText.ts";
import { groupTitle } from "./groupTitle.ts";
import { keyName, kindTitles } from "./healthTexts.ts";
import { keyAgeWarningDays } from "./keyAgeSetting.ts";
import { plain } from "./plainText.ts";

export type Ended = ReadingState & { readonly status: "complete" | "stopped" };

/** What was read in the words of the page: first every key, and then what they come to. */
export class PageReportText {
  readonly #warningDays = keyAgeWarningDays();
  readonly #now = Date.now();
  #count = 0;
  #care = 0;
  #oldest: KeyHealth | undefined;

  key(id: string, key: KeyOnly): PageKey {
    const health = healthOfKey(key, { now: this.#now, warningDays: this.#warningDays });
    this.#count += 1;
    if (health.needsCare) this.#care += 1;
    const { isOn, since = Infinity } = health;
    if (isOn && since < (this.#oldest?.since ?? Infinity)) this.#oldest = health;
    return pageKey(id, health, this.#now);
  }

  summary(
    { status, at }: Ended,
    { gaps, nsml }: Collected,
    accountLabel: string | undefined,
  ): PageSummary {
    const warningDays = this.#warningDays;
    const pageGaps = [...nsmlGaps(nsml), ...gaps.map(pageGap)];
    const isPartial = status === "stopped" || pageGaps.some(({ severity }) => severity === "care");
    return {
      headline: headline(this.#count, this.#care, isPartial),
      details: [
        ...(status === "stopped"
          ? [l10n.t("Reading was cancelled. This is what had been read until then.")]
          : []),
        ...oldestSentence(this.#oldest),
        readSentence(at, accountLabel),
      ],
      kinds: kindTitles(),
      groups: {
        authKey: groupTitle("authKeys"),
        apiKey: groupTitle("apiKeys"),
        accessKey: l10n.t("Access Keys"),
      },
      gaps: pageGaps,
      threshold:
        warningDays === 0
          ? undefined
          : { days: warningDays, label: l10n.t("older than {0} days", countText(warningDays)) },
      marks: marks(),
    };
  }
}

function headline(count: number, care: number, isPartial: boolean): string {
  if (count === 0) return isPartial ? l10n.t("No key could be read") : l10n.t("No keys yet");
  if (care > 0) return l10n.t("{0} of {1} keys need care", countText(care), countText(count));
  return isPartial
    ? l10n.t("None of the {0} keys that could be read needs care", countText(count))
    : l10n.t("All {0} keys are well", countText(count));
}

function oldestSentence(oldest: KeyHealth | undefined): readonly string[] {
  if (oldest?.since === undefined) return [];
  const { key, since } = oldest;
  const name = keyName(key);
  return [
    key.kind === "apiKey"
      ? l10n.t("The oldest key in use is “{0}”, unchanged since {1}.", name, dayText(key, since))
      : l10n.t("The oldest key in use is “{0}”, created on {1}.", name, dayText(key, since)),
  ];
}

function readSentence(at: number, accountLabel: string | undefined): string {
  // By 24 hours: some releases of the locale data have no Korean word for PM.
  const style = { dateStyle: "medium", timeStyle: "short", hourCycle: "h23" } as const;
  const time = new Intl.DateTimeFormat(env.language, style);
  return accountLabel === undefined
    ? l10n.t("Read on {0}.", time.format(at))
    : l10n.t("Account “{0}”, read on {1}.", plain(accountLabel), time.format(at));
}

function pageKey(id: string, health: KeyHealth, now: number): PageKey {
  const { key, since, days, isOn, needsCare } = health;
  const name = keyName(key);
  const age = since === undefined ? l10n.t("unknown") : shortAgeText(since, now);
  const state = stateText(key, isOn);
  const findings = health.findings.map((finding) => ({
    severity: finding.severity,
    text: findingText(finding),
  }));
  const spokenAge = since === undefined ? age : ageText(since, now);
  const spoken = [name, kindTitles()[key.kind], spokenAge, state, ...findings.map(textOf)];
  return {
    ...{ id, kind: key.kind, name, detail: detailOf(key), ...ownerOf(key), days, age, state },
    ...{ since: sinceText(key, since), isOn, needsCare, findings, spoken: spoken.join(", ") },
    action: health.findings.some(({ kind }) => kind !== "noLocalMatch")
      ? nextSteps[nextStepOf(key)]()
      : undefined,
  };
}

function textOf({ text }: { readonly text: string }): string {
  return text;
}

function detailOf(key: KeyOnly): string {
  switch (key.kind) {
    case "authKey":
      return plain(key.localKey?.fileName ?? "");
    case "apiKey":
      return plain(key.apiKey.apiKeyId);
    case "accessKey":
      return "";
  }
}

/** The sub account of an access key: its name with its login ID below, or the ID it is known by. */
function ownerOf(key: KeyOnly): Pick<PageKey, "owner" | "ownerDetail"> {
  if (key.kind !== "accessKey") return { owner: "", ownerDetail: "" };
  const { subAccount, subAccountId } = key.owner;
  const { name = "", loginId = subAccountId } = subAccount ?? {};
  return name === ""
    ? { owner: plain(loginId), ownerDetail: "" }
    : { owner: plain(name), ownerDetail: plain(loginId) };
}

function sinceText(key: KeyOnly, since: number | undefined): string {
  if (since === undefined) return "";
  const day = dayText(key, since);
  return key.kind === "apiKey" ? l10n.t("changed {0}", day) : l10n.t("created {0}", day);
}

/** The day as NSML writes it is in Korean time, and is not to become the day before. */
function dayText({ kind }: KeyOnly, since: number): string {
  return kind === "authKey" ? dateText(since, authKeyTimeZone) : dateText(since);
}

function stateText(key: KeyOnly, isOn: boolean): string {
  switch (key.kind) {
    case "authKey":
      return l10n.t("registered");
    case "apiKey":
      return isOn ? l10n.t("enabled") : l10n.t("disabled");
    case "accessKey":
      return isOn ? l10n.t("active") : l10n.t("inactive");
  }
}

const nextSteps: Readonly<Record<NextStep, () => string>> = {
  rotate: () => l10n.t("Rotate…"),
  delete: () => l10n.t("Delete…"),
  openConsole: () => l10n.t("Open Console"),
};

function pageGap(gap: Gap): PageGap {
  const isUnused = isUsual(gap);
  return {
    severity: isUnused ? "note" : "care",
    place: placeText(gap.place),
    text: gap.place.kind === "localKeys" ? reasonText(gap) : failureText(gap.error, isUnused),
  };
}

function failureText(error: NcloudError, isUnused: boolean): string {
  const { whatHappened, nextStep: advice } = describeFailure(error);
  return isUnused ? whatHappened : `${whatHappened} ${advice}`;
}

function nsmlGaps(nsml: Collected["nsml"]): readonly PageGap[] {
  if (nsml !== "needsApiKey") return [];
  const text = l10n.t(
    "NSML asks for an API key beside the signature. Choose one of the account's.",
  );
  return [{ severity: "note", place: groupTitle("authKeys"), text }];
}

/** Ages that people think in. */
function marks(): readonly Mark[] {
  return [
    { days: 0, label: l10n.t("today") },
    { days: 7, label: l10n.t("1 week") },
    { days: 30, label: l10n.t("1 month") },
    { days: 182, label: l10n.t("6 months") },
    { days: 365, label: l10n.t("1 year") },
    { days: 730, label: l10n.t("2 years") },
    { days: 1461, label: l10n.t("4 years") },
    { days: 2922, label: l10n.t("8 years") },
  ];
}
