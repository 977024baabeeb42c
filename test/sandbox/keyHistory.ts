import type { AccessKey, AccountState } from "./state.ts";
import {
  signingKeysOf,
  workingAccessKeys,
  workingApiKeyValues,
  workingAuthKeys,
} from "./workingKeys.ts";

/** What worked from one change to the next. */
export interface Moment {
  /** The request that made the change; absent at the beginning, and if the test made it. */
  readonly cause: string | undefined;
  /** IDs of access keys whose secret key somebody has, API key values or names of auth keys. */
  readonly keys: readonly string[];
}

/** How many keys worked at the worst moment. */
export function fewest(moments: readonly Moment[]): number {
  return Math.min(...moments.map(({ keys }) => keys.length));
}

/** How many of these keys worked at the worst moment, whatever else there was. */
export function fewestOf(moments: readonly Moment[], wanted: readonly string[]): number {
  return Math.min(...moments.map(({ keys }) => keys.filter((key) => wanted.includes(key)).length));
}

/**
 * How many keys the worst change left working. A person who uses one of them notices nothing of the
 * change, whereas `fewest` is content with a new key in the place of the old one.
 */
export function fewestKept(moments: readonly Moment[]): number {
  return Math.min(
    ...moments.map(({ keys }, index) => {
      const before = moments[index - 1]?.keys ?? keys;
      return keys.filter((key) => before.includes(key)).length;
    }),
  );
}

/** What a main account's access keys are remembered under: no sub account has this ID. */
const MAIN = "";

/**
 * Remembers which keys worked at every moment, for somebody who has their secret. It looks before
 * each request is carried out, after one that may change something, and when it is asked: a state
 * that is gone by then is one that nobody could see. API keys report by themselves, from when their
 * values are first known to anybody.
 */
export class KeyHistory {
  readonly #state: AccountState;
  readonly #accessKeys = new Map<string, Moment[]>();
  readonly #apiKeyValues = new Map<string, Moment[]>();
  #authKeys: Moment[] = [];
  #cause: string | undefined;

  constructor(state: AccountState) {
    this.#state = state;
    state.apiKeys.onChange((apiKeyId) => this.#lookAtApiKey(apiKeyId));
    this.look();
  }

  /** Carries out a request, and remembers it as the cause of what it changes. */
  during<T>(cause: string, action: () => T): T {
    this.look();
    this.#cause = cause;
    try {
      return action();
    } finally {
      this.look();
      this.#cause = undefined;
    }
  }

  /** Forgets everything but what works now. */
  restart(): void {
    const apiKeyIds = [...this.#apiKeyValues.keys()];
    this.#accessKeys.clear();
    this.#apiKeyValues.clear();
    this.#authKeys = [];
    this.look();
    for (const apiKeyId of apiKeyIds) this.#lookAtApiKey(apiKeyId);
  }

  /** Which access keys signed for a sub account, or for the main account if none is named. */
  accessKeys(subAccountId: string = MAIN): readonly Moment[] {
    this.look();
    return this.#accessKeys.get(subAccountId) ?? [{ cause: undefined, keys: [] }];
  }

  /** Which values of an API key were good. */
  apiKeyValues(apiKeyId: string): readonly Moment[] {
    return this.#lookAtApiKey(apiKeyId);
  }

  /** Which auth keys were registered, by NCP's own names for them. */
  authKeys(): readonly Moment[] {
    this.look();
    return this.#authKeys;
  }

  /** Sees what was changed since then. */
  look(): void {
    const { subAccounts } = this.#state;
    this.#rememberAccessKeys(MAIN, workingAccessKeys(this.#state));
    for (const subAccount of subAccounts)
      this.#rememberAccessKeys(subAccount.subAccountId, signingKeysOf(subAccount));
    if (this.#accessKeys.size > 1 + subAccounts.length) this.#lookForTheGone();
    this.#remember(
      this.#authKeys,
      workingAuthKeys(this.#state).map(({ name }) => name),
    );
  }

  /** A sub account that is gone has no access keys left. */
  #lookForTheGone(): void {
    const there = new Set([MAIN, ...this.#state.subAccounts.map((each) => each.subAccountId)]);
    for (const [subAccountId, moments] of this.#accessKeys)
      if (!there.has(subAccountId)) this.#remember(moments, []);
  }

  #rememberAccessKeys(subAccountId: string, working: readonly AccessKey[]): void {
    const held = working.filter(({ isHeld }) => isHeld);
    this.#remember(
      momentsIn(this.#accessKeys, subAccountId),
      held.map(({ accessKey }) => accessKey),
    );
  }

  #lookAtApiKey(apiKeyId: string): readonly Moment[] {
    // Before its moments are looked up: values that are drawn for this question report themselves.
    const values = workingApiKeyValues(this.#state, apiKeyId);
    const moments = momentsIn(this.#apiKeyValues, apiKeyId);
    this.#remember(moments, values);
    return moments;
  }

  #remember(moments: Moment[], keys: readonly string[]): void {
    const last = moments.at(-1);
    if (last === undefined) moments.push({ cause: undefined, keys });
    else if (!isSame(last.keys, keys)) moments.push({ cause: this.#cause, keys });
  }
}

function momentsIn(histories: Map<string, Moment[]>, id: string): Moment[] {
  const known = histories.get(id);
  if (known !== undefined) return known;
  const moments: Moment[] = [];
  histories.set(id, moments);
  return moments;
}

function isSame(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((key, index) => key === others[index]);
}
