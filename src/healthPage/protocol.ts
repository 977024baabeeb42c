/**
 * What the extension and the page of key health say to each other. Every text is in the display
 * language and made by the extension; the page shows it as text and as nothing else.
 */

export type KeyKind = "authKey" | "apiKey" | "accessKey";

export type ToPage =
  | {
      readonly kind: "reading";
      readonly texts: PageTexts;
      readonly progress: string;
      /** From 0 to 1; undefined while it is not known. */
      readonly share: number | undefined;
    }
  /** Some of the keys, all of which come before their report. `isFirst`: those before are void. */
  | { readonly kind: "keys"; readonly isFirst: boolean; readonly keys: readonly PageKey[] }
  | { readonly kind: "report"; readonly texts: PageTexts; readonly report: PageSummary };

export type FromPage =
  /** The page listens now, and has nothing to show yet. */
  | { readonly kind: "ready" }
  | { readonly kind: "cancel" }
  | { readonly kind: "readAgain" }
  | { readonly kind: "reveal" | "act"; readonly id: string };

/** The words that are the same for every report. `{0}` and `{1}` are for the page to fill in. */
export interface PageTexts {
  readonly title: string;
  readonly cancel: string;
  readonly readAgain: string;
  readonly plotTitle: string;
  readonly plotHint: string;
  readonly plotWithoutAge: string;
  readonly needsCare: string;
  readonly well: string;
  readonly off: string;
  readonly group: string;
  readonly groupNeedsCare: string;
  readonly groupChip: string;
  readonly tableTitle: string;
  readonly columns: Readonly<Record<Column, string>>;
  readonly action: string;
  readonly reveal: string;
  readonly filters: string;
  readonly all: string;
  readonly shown: string;
  readonly showMore: string;
  readonly noneShown: string;
  readonly gapsTitle: string;
}

export type Column = "name" | "kind" | "owner" | "age" | "state" | "findings";

export interface PageReport extends PageSummary {
  readonly keys: readonly PageKey[];
}

/** What is said of all keys. */
export interface PageSummary {
  readonly headline: string;
  /** Sentences below the headline. */
  readonly details: readonly string[];
  /** What one key of a kind is called, and what all of them are. */
  readonly kinds: Readonly<Record<KeyKind, string>>;
  readonly groups: Readonly<Record<KeyKind, string>>;
  readonly gaps: readonly PageGap[];
  /** From when on a key is old; undefined when no key is. */
  readonly threshold: Mark | undefined;
  readonly marks: readonly Mark[];
}

/** A place on the time line: an age, and its name. */
export interface Mark {
  readonly days: number;
  readonly label: string;
}

/** A key as the page shows it. */
export interface PageKey {
  /** The id of its row in the sidebar. */
  readonly id: string;
  readonly kind: KeyKind;
  readonly name: string;
  /** What stands beside the name in smaller letters. */
  readonly detail: string;
  readonly owner: string;
  readonly ownerDetail: string;
  /** Whole days; undefined when it is not known. */
  readonly days: number | undefined;
  readonly age: string;
  readonly since: string;
  readonly state: string;
  readonly isOn: boolean;
  readonly needsCare: boolean;
  readonly findings: readonly PageFinding[];
  /** All of it in one sentence, for who hears the plot. */
  readonly spoken: string;
  /** The next thing to do, if there is one. */
  readonly action: string | undefined;
}

export interface PageFinding {
  readonly severity: "care" | "note";
  readonly text: string;
}

/** What could not be read, or was not. */
export interface PageGap {
  readonly severity: "care" | "note";
  readonly place: string;
  readonly text: string;
}
