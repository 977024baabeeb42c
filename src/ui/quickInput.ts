import { QuickInputButtons, ThemeIcon, window, type QuickInput, type QuickPickItem } from "vscode";
import type { Answer, StepPosition } from "./prompts.ts";

interface CommonOptions {
  readonly title: string;
  readonly placeholder?: string;
  readonly position?: StepPosition | undefined;
}

export interface InputOptions extends CommonOptions {
  readonly prompt: string;
  readonly initial?: string;
  readonly secret?: boolean;
  /** A hint while typing; the input cannot be accepted while there is one. */
  readonly validate?: (text: string) => string | undefined;
  /**
   * Looks at the text when it is accepted, which may take a while. What it says is shown and the
   * text stays; the signal is aborted when the person leaves.
   */
  readonly check?: (text: string, signal: AbortSignal) => Promise<string | undefined>;
}

/** Asks for a line of text. */
export function askText(options: InputOptions): Promise<Answer<string>> {
  const input = window.createInputBox();
  prepare(input, options);
  input.prompt = options.prompt;
  input.placeholder = options.placeholder;
  input.value = options.initial ?? "";
  input.password = options.secret ?? false;
  return show<string>(input, (finish, signal) => {
    // An empty box is no mistake until it is accepted.
    const hint = () => (input.value === "" ? undefined : options.validate?.(input.value));
    input.validationMessage = hint();
    input.onDidChangeValue(() => (input.validationMessage = hint()));
    const accept = async () => {
      const { value } = input;
      const problem = options.validate?.(value);
      if (problem !== undefined) {
        input.validationMessage = problem;
        return;
      }
      if (options.check) {
        input.busy = true;
        input.enabled = false;
        const found = await options.check(value, signal);
        if (signal.aborted) return;
        input.busy = false;
        input.enabled = true;
        if (found !== undefined) {
          input.validationMessage = found;
          return;
        }
      }
      finish({ kind: "given", value });
    };
    input.onDidAccept(() => void accept());
  }).then((answer) =>
    answer.kind === "back" && !options.secret ? { ...answer, typed: input.value } : answer,
  );
}

export interface PickItem<T> extends QuickPickItem {
  /** Absent on separators and on rows that only say something. */
  readonly value?: T;
}

export interface PickOptions<T> extends CommonOptions {
  readonly items: readonly PickItem<T>[] | Promise<readonly PickItem<T>[]>;
  /** Which item the cursor is on at first: the first one for which this holds. */
  readonly active?: (value: T) => boolean;
  readonly matchOnDescription?: boolean;
}

/** Asks to choose one of some items, which may still be on their way. */
export function askPick<T>(options: PickOptions<T>): Promise<Answer<T>> {
  const pick = window.createQuickPick<PickItem<T>>();
  prepare(pick, options);
  pick.placeholder = options.placeholder;
  pick.matchOnDescription = options.matchOnDescription ?? true;
  pick.matchOnDetail = true;
  return show(pick, (finish, signal, fail) => {
    const fill = (items: readonly PickItem<T>[]) => {
      if (signal.aborted) return;
      pick.items = items;
      const active = items.find(({ value }) => value !== undefined && options.active?.(value));
      if (active) pick.activeItems = [active];
      pick.busy = false;
    };
    if ("then" in options.items) {
      pick.busy = true;
      options.items.then(fill, fail);
    } else {
      fill(options.items);
    }
    pick.onDidAccept(() => {
      const value = pick.selectedItems[0]?.value;
      if (value !== undefined) finish({ kind: "given", value });
    });
  });
}

export interface PicksOptions<T> extends CommonOptions {
  /** Whether several items can be checked. */
  readonly many: boolean;
  readonly items: () => Promise<readonly PickItem<T>[]>;
  /** A button at the top that fetches more, after which the items are asked for again. */
  readonly more?: { readonly title: string; readonly fetch: () => Promise<void> };
}

/** Asks to choose some of many items. Enter without a check means the item the cursor is on. */
export function askPicks<T>(options: PicksOptions<T>): Promise<Answer<readonly T[]>> {
  const pick = window.createQuickPick<PickItem<T>>();
  prepare(pick, options);
  pick.placeholder = options.placeholder;
  pick.canSelectMany = options.many;
  pick.matchOnDescription = true;
  const { more } = options;
  if (more) pick.buttons = [{ iconPath: new ThemeIcon("ellipsis"), tooltip: more.title }];
  return show(pick, (finish, signal, fail) => {
    const fill = async () => {
      pick.busy = true;
      const items = await options.items();
      if (signal.aborted) return;
      const checked = new Set(pick.selectedItems.map(({ label }) => label));
      pick.items = items;
      pick.selectedItems = items.filter(({ label }) => checked.has(label));
      pick.busy = false;
    };
    fill().catch(fail);
    pick.onDidTriggerButton(() => {
      pick.busy = true;
      more?.fetch().then(fill).catch(fail);
    });
    pick.onDidAccept(() => {
      const chosen = pick.selectedItems.length > 0 ? pick.selectedItems : pick.activeItems;
      const values = chosen.flatMap(({ value }) => (value === undefined ? [] : [value]));
      if (values.length > 0) finish({ kind: "given", value: values });
    });
  });
}

function prepare(input: QuickInput & { buttons?: unknown }, options: CommonOptions): void {
  input.title = options.title;
  // Leaving the window to copy something must not lose what was typed.
  input.ignoreFocusOut = true;
  if (options.position) {
    input.step = options.position.step;
    input.totalSteps = options.position.totalSteps;
  }
  if (options.position?.canGoBack) input.buttons = [QuickInputButtons.Back];
}

type ShownInput = ReturnType<typeof window.createInputBox | typeof window.createQuickPick>;

function show<T>(
  input: ShownInput,
  connect: (
    finish: (answer: Answer<T>) => void,
    signal: AbortSignal,
    fail: (error: Error) => void,
  ) => void,
): Promise<Answer<T>> {
  return new Promise((resolve, reject) => {
    const leaving = new AbortController();
    const finish = (answer: Answer<T>) => {
      leaving.abort();
      resolve(answer);
      input.dispose();
    };
    input.onDidTriggerButton((button) => {
      if (button === QuickInputButtons.Back) finish({ kind: "back" });
    });
    input.onDidHide(() => finish({ kind: "cancelled" }));
    const fail = (error: Error) => {
      leaving.abort();
      reject(error);
      input.dispose();
    };
    connect(finish, leaving.signal, fail);
    input.show();
  });
}
