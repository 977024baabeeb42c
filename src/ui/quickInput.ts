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
  /** Why a text must not stay in view: it is removed as soon as it is there, and this is said. */
  readonly remove?: (text: string) => string | undefined;
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
    let removedBecause: string | undefined;
    const hint = () => {
      // An empty box is no mistake until it is accepted.
      if (input.value === "") return removedBecause;
      removedBecause = options.remove?.(input.value);
      if (removedBecause === undefined) return options.validate?.(input.value);
      input.value = "";
      return removedBecause;
    };
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

/** An item that is known again among items that are read anew. */
export interface IdentifiedItem<T> extends PickItem<T> {
  /** Absent on separators. Two items may look alike, but not have one id. */
  readonly id?: string;
}

export interface PicksOptions<T> extends CommonOptions {
  /** Whether several items can be checked. */
  readonly many: boolean;
  /** Reads the items, and shows those that are there whenever there are more. */
  readonly fill: (show: (items: readonly IdentifiedItem<T>[]) => void) => Promise<void>;
  /** A button at the top that fetches more, after which the items are read again. */
  readonly more?: { readonly title: string; readonly fetch: () => Promise<void> };
}

/**
 * Asks to choose some of many items. Enter without a check means the item the cursor is on; where it
 * is on none, as after typing, it means the only item that has what was typed.
 */
export function askPicks<T>(options: PicksOptions<T>): Promise<Answer<readonly T[]>> {
  const pick = window.createQuickPick<IdentifiedItem<T>>();
  prepare(pick, options);
  pick.placeholder = options.placeholder;
  pick.canSelectMany = options.many;
  pick.matchOnDescription = true;
  pick.keepScrollPosition = true;
  const { more } = options;
  if (more) pick.buttons = [{ iconPath: new ThemeIcon("ellipsis"), tooltip: more.title }];
  return show(pick, (finish, signal, fail) => {
    const showItems = (items: readonly IdentifiedItem<T>[]) => {
      if (signal.aborted) return;
      const idsOf = (held: readonly IdentifiedItem<T>[]) => new Set(held.map(({ id }) => id));
      const [checked, active] = [idsOf(pick.selectedItems), idsOf(pick.activeItems)];
      const among = (ids: ReadonlySet<string | undefined>) =>
        items.filter(({ id }) => id !== undefined && ids.has(id));
      pick.items = items;
      pick.selectedItems = among(checked);
      pick.activeItems = among(active);
    };
    let fills = 0;
    const fill = async () => {
      const own = ++fills;
      pick.busy = true;
      await options.fill(showItems);
      if (!signal.aborted && own === fills) pick.busy = false;
    };
    fill().catch(fail);
    pick.onDidTriggerButton(() => {
      pick.busy = true;
      more?.fetch().then(fill).catch(fail);
    });
    pick.onDidAccept(() => {
      const meant = [pick.selectedItems, pick.activeItems, itemsWith(pick.value, pick.items)];
      const chosen = meant.find(({ length }) => length > 0) ?? [];
      const values = chosen.flatMap(({ value }) => (value === undefined ? [] : [value]));
      if (values.length > 0) finish({ kind: "given", value: values });
    });
  });
}

/** The item that has this text in its label or description, if it is the only one. */
function itemsWith<T>(text: string, items: readonly PickItem<T>[]): readonly PickItem<T>[] {
  const wanted = text.trim().toLowerCase();
  const found = items.filter(({ value, label, description = "" }) => {
    return value !== undefined && `${label}\n${description}`.toLowerCase().includes(wanted);
  });
  return found.length === 1 ? found : [];
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
