import { AssertionError } from "node:assert/strict";
import type { Computer, RowView, Services } from "../../../src/commands/services.ts";
import type { GroupName, Inventory } from "../../../src/inventory/inventory.ts";
import type { Row } from "../../../src/inventory/row.ts";
import { childRows } from "../../../src/inventory/rows.ts";
import { NcloudError } from "../../../src/ncloud/ncloudError.ts";
import type { HealthPages } from "../../../src/ui/healthPage.ts";
import type { Session } from "../../../src/session/session.ts";
import type { KeyGenerator } from "../../../src/ssh/sshKeygen.ts";
import type { GenerateMessages } from "../../../src/ui/generateMessages.ts";
import type { GeneratePrompts } from "../../../src/ui/generatePrompts.ts";
import type { ExportPrompts } from "../../../src/ui/exportPrompts.ts";
import type { FindPrompts } from "../../../src/ui/findPrompts.ts";
import type {
  AccountPrompts,
  KeyPrompts,
  SignInPrompts,
  UploadPrompts,
} from "../../../src/ui/prompts.ts";
import type { ChangeDialogs, ChangeReports } from "../../../src/ui/changeDialogs.ts";
import type { RotateDialogs } from "../../../src/ui/rotateDialogs.ts";
import type { SecretDialogs } from "../../../src/ui/secretDialogs.ts";
import { FakeProgress } from "./fakeProgress.ts";
import { Script, type Answers } from "./scripted.ts";
import {
  changeReports,
  generateStatements,
  rotateReports,
  said,
  statements,
} from "./statements.ts";

type Messages = Services["messages"];

/** What a person answers, and what there is on the computer, in the course of one test. */
export interface Situation {
  readonly signInPrompts?: Answers<SignInPrompts>;
  readonly accountPrompts?: Answers<AccountPrompts>;
  readonly keyPrompts?: Answers<KeyPrompts>;
  readonly findPrompts?: Answers<FindPrompts>;
  readonly exportPrompts?: Answers<ExportPrompts>;
  readonly uploadPrompts?: Answers<UploadPrompts>;
  readonly generatePrompts?: Answers<GeneratePrompts>;
  readonly generateMessages?: Answers<GenerateMessages>;
  readonly keyGenerator?: KeyGenerator;
  readonly messages?: Answers<Messages>;
  readonly changeDialogs?: Answers<ChangeDialogs>;
  readonly changeReports?: Answers<ChangeReports>;
  readonly secretDialogs?: Answers<SecretDialogs>;
  readonly rotateDialogs?: Answers<RotateDialogs>;
  readonly computer?: Partial<Computer>;
  readonly healthPages?: HealthPages;
}

/** The editor around a command, with a person who was told what to answer. Anything else throws. */
export class FakeServices {
  readonly services: Services;
  /** What was put on the clipboard, one after the other. */
  readonly copied: string[] = [];
  /** The rows the keyboard is on. */
  focused: readonly Row[] = [];
  selection: readonly Row[] = [];
  /** What the walkthrough was told. */
  readonly done: string[] = [];
  readonly #shown = new Set<unknown>();
  readonly #script = new Script();
  /** What runs under a notification with a Cancel button. */
  readonly progress = new FakeProgress();

  constructor(session: Session, situation: Situation = {}) {
    const script = this.#script;
    const { signInPrompts, accountPrompts, keyPrompts, uploadPrompts, messages } = situation;
    const { changeDialogs, changeReports: reports, secretDialogs, rotateDialogs } = situation;
    const { changeRuns, messageRuns, generateRuns } = this.progress;
    const report = (_doing: unknown, error: unknown) =>
      isCancelled(error) ? no() : script.unexpected("messages.report");
    this.services = {
      session,
      view: this.#view(),
      computer: { ...emptyComputer(script), ...situation.computer },
      messages: script.play<Messages>(
        "messages",
        { ...statements, ...messageRuns, report },
        messages,
      ),
      signInPrompts: script.play<SignInPrompts>(
        "signInPrompts",
        { nameOfZone: ({ kind }) => `zone ${kind}` },
        signInPrompts,
      ),
      accountPrompts: script.play<AccountPrompts>(
        "accountPrompts",
        { nameOfSource: ({ kind }) => `from ${kind}` },
        accountPrompts,
      ),
      keyPrompts: script.play<KeyPrompts>("keyPrompts", {}, keyPrompts),
      findPrompts: script.play<FindPrompts>(
        "findPrompts",
        { notInView: said },
        situation.findPrompts,
      ),
      exportPrompts: script.play<ExportPrompts>(
        "exportPrompts",
        {
          whileCollecting: (run) => run(new AbortController().signal, said),
          exported: said,
          cancelled: said,
        },
        situation.exportPrompts,
      ),
      uploadPrompts: script.play<UploadPrompts>("uploadPrompts", {}, uploadPrompts),
      changeDialogs: script.play<ChangeDialogs>("changeDialogs", changeRuns, changeDialogs),
      changeReports: script.play<ChangeReports>("changeReports", changeReports, reports),
      secretDialogs: script.play<SecretDialogs>("secretDialogs", {}, secretDialogs),
      rotateDialogs: script.play<RotateDialogs>("rotateDialogs", rotateReports, rotateDialogs),
      keyGenerator: situation.keyGenerator ?? script.play<KeyGenerator>("keyGenerator", {}),
      generatePrompts: script.play<GeneratePrompts>(
        "generatePrompts",
        {},
        situation.generatePrompts,
      ),
      generateMessages: script.play<GenerateMessages>(
        "generateMessages",
        { ...generateStatements, ...generateRuns },
        situation.generateMessages,
      ),
      copy: script.play<Pick<Services, "copy">>("clipboard", {
        copy: (text) => {
          this.copied.push(text);
          return Promise.resolve();
        },
      }).copy,
      copySecret: script.play<Pick<Services, "copySecret">>("clipboard", {
        copySecret: (secret) => {
          this.copied.push(secret.reveal());
          return Promise.resolve();
        },
      }).copySecret,
      healthPages: situation.healthPages ?? {
        opened: undefined,
        open: () => nobodyExpected("a page of key health"),
      },
    };
  }

  /** What is on the clipboard. */
  get clipboard(): string | undefined {
    return this.copied.at(-1);
  }

  /** Runs a command; what was asked, said and done, in turn. */
  async run(command: (services: Services) => Promise<void> | void): Promise<readonly string[]> {
    await command(this.services);
    return this.#script.transcript;
  }

  /** The rows of a group, which stand in the tree from now on. */
  async show(inventory: Inventory, group: GroupName): Promise<readonly Row[]> {
    const parent = childRows(inventory, undefined).find((row) => row.id.endsWith(group));
    const { authKeys, apiKeys, subAccounts } = inventory;
    await Promise.all([authKeys, apiKeys, subAccounts].map((resource) => resource.load()));
    const rows = childRows(inventory, parent);
    for (const row of [parent, ...rows]) this.#shown.add(row);
    return rows;
  }

  /** The rows below a row that stands in the tree, once they are read. */
  async showBelow(inventory: Inventory, parent: Row): Promise<readonly Row[]> {
    childRows(inventory, parent);
    if (parent.kind === "subAccount") await inventory.accessKeysOf(parent.subAccountId).load();
    if (parent.kind === "apiKey") await inventory.valuesOf(parent.apiKey.apiKeyId).load();
    const rows = childRows(inventory, parent);
    for (const row of rows) this.#shown.add(row);
    return rows;
  }

  /** Takes rows for what stands in the tree by the object, as the real view does. */
  #view(): RowView {
    const { reveal } = this.#script.play<Pick<RowView, "reveal">>("view", {
      reveal: () => Promise.resolve(),
    });
    return {
      rowsOf: ([row, rows]) => {
        if (row === undefined) return this.selection;
        const given: readonly unknown[] = Array.isArray(rows) && rows.includes(row) ? rows : [row];
        const isShown = (value: unknown): value is Row => this.#shown.has(value);
        return given.every(isShown) ? given : undefined;
      },
      focusedRows: () => Promise.resolve(this.focused),
      reveal,
      whileBusy: (run) => run(),
      tellDone: (step) => void this.done.push(step),
    };
  }
}

/** A computer with nothing on it. */
function emptyComputer(script: Script): Computer {
  const { openInBrowser, showLog } = script.play<Pick<Computer, "openInBrowser" | "showLog">>(
    "computer",
    { openInBrowser: () => Promise.resolve(), showLog: said },
  );
  return {
    sources: {
      configurePath: "configure",
      readFile: () => Promise.resolve(undefined),
      environment: {},
    },
    sshDirectory: () => ({ path: "/nowhere", shown: "~/.ssh" }),
    listPublicKeys: () => nobodyExpected("listPublicKeys"),
    readPublicKey: () => nobodyExpected("readPublicKey"),
    // Nothing that a test gives is a resource of the editor, unless it says so.
    readGivenKey: () => Promise.resolve(undefined),
    openInBrowser,
    showLog,
  };
}

/** What was cancelled is no failure, and nothing is said of it. */
function isCancelled(error: unknown): boolean {
  return error instanceof NcloudError && error.kind === "cancelled";
}

function nobodyExpected(call: string): never {
  throw new AssertionError({ message: `Nobody expected ${call}.` });
}

export const yes = (): Promise<boolean> => Promise.resolve(true);
export const no = (): Promise<boolean> => Promise.resolve(false);

/** Resolves to what is given, as a person who left resolves to undefined. */
export function answer<T>(value: T): () => Promise<T> {
  return () => Promise.resolve(value);
}

export function given<T>(value: T): () => Promise<{ readonly kind: "given"; readonly value: T }> {
  return () => Promise.resolve({ kind: "given", value });
}

export const back = (): Promise<{ readonly kind: "back" }> => Promise.resolve({ kind: "back" });
export const cancelled = (): Promise<{ readonly kind: "cancelled" }> =>
  Promise.resolve({ kind: "cancelled" });
