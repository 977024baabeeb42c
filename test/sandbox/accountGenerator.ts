import { type ApiKey, ApiKeyTable } from "./apiKeyTable.ts";
import { ALPHANUMERIC, DIGITS, HEX, LOWER_CASE, Random, UPPER_CASE } from "./random.ts";
import { ed25519Blob } from "./sshKey.ts";
import {
  type AccessKey,
  type AccountState,
  type AuthKey,
  authKeyOf,
  type Service,
  type SubAccount,
  type Switches,
} from "./state.ts";
import { DAY, formatUtc } from "./time.ts";
import * as words from "./words.ts";

/** NCP's own limit (Sub Account overview). */
export const MOST_SUB_ACCOUNTS = 500;

export interface AccountPlan {
  readonly apiKeys: number;
  readonly subAccounts: number;
  readonly authKeys: number;
  readonly seed: string;
  /** The end of the account's history, in milliseconds since the epoch. */
  readonly now: number;
  /** What the main account's access key may not use. */
  readonly deny: readonly Service[];
  readonly switches: Switches;
}

/**
 * Makes up an account. The seed decides everything but the secrets (secret keys and API key
 * values), which are new on every run: nothing that opens a door can be read out of the sources.
 */
export function generateAccount(plan: AccountPlan): AccountState {
  if (plan.subAccounts > MOST_SUB_ACCOUNTS)
    throw new RangeError(`An account has at most ${MOST_SUB_ACCOUNTS} sub accounts.`);
  return new AccountGenerator(plan).generate();
}

class AccountGenerator {
  readonly #plan: AccountPlan;
  readonly #seeded: Random;
  readonly #secret = Random.secret();

  constructor(plan: AccountPlan) {
    this.#plan = plan;
    this.#seeded = Random.seeded(plan.seed);
  }

  generate(): AccountState {
    const { apiKeys, subAccounts, authKeys, deny, switches, now } = this.#plan;
    const tenantId = this.#seeded.text(HEX, 32);
    const memberId = this.#seeded.uuid();
    const main = this.#accessKey({ active: true, createdAt: now - 400 * DAY, deny });
    return {
      tenantId,
      memberId,
      accessKeys: [main],
      subAccounts: this.#subAccounts(subAccounts),
      authKeys: this.#authKeys(authKeys),
      apiKeys: this.#apiKeys(apiKeys, tenantId, memberId),
      switches,
    };
  }

  #apiKeys(count: number, tenantId: string, modifier: string): ApiKeyTable {
    const table = new ApiKeyTable();
    this.#momentsInThePast(count).forEach((time, index) => {
      table.put(this.#apiKey(count - 1 - index, time, tenantId, modifier));
    });
    return table;
  }

  /** The newest key (rank 0) is one that works, and the third is disabled even in a short list. */
  #apiKey(rank: number, time: number, tenantId: string, modifier: string): ApiKey {
    const seeded = this.#seeded;
    const name = `${seeded.pick(words.AREAS)}-${seeded.pick(words.ROLES)}`;
    return {
      apiKeyId: seeded.text(LOWER_CASE + DIGITS, 10),
      tenantId,
      apiKeyName:
        words.API_KEY_NAMES[rank] ?? (seeded.chance(0.5) ? `${name}-${rank % 100}` : name),
      apiKeyDescription: seeded.pick(words.DESCRIPTIONS),
      modifier,
      isEnabled: rank === 0 || (rank !== 2 && !seeded.chance(0.12)),
      modTime: formatUtc(time),
      domainCode: "PUB",
    };
  }

  #subAccounts(count: number): SubAccount[] {
    const taken = new Set<string>();
    return Array.from(this.#momentsInThePast(count), (createdAt, index) => {
      const seeded = this.#seeded;
      const family = seeded.pick(words.FAMILY_NAMES);
      const given = seeded.pick(words.GIVEN_NAMES);
      const plainId = `${given.latin}.${family.latin}`;
      const loginId = taken.has(plainId) ? `${plainId}${index}` : plainId;
      taken.add(loginId);
      const lastLogin = createdAt + seeded.fraction() * (this.#plan.now - createdAt);
      return {
        subAccountId: seeded.uuid(),
        subAccountNo: 310_000 + index,
        loginId,
        name: family.korean + given.korean,
        email: `${loginId}@example.com`,
        memo: seeded.pick(words.MEMOS),
        active: index === 0 || !seeded.chance(0.08),
        canConsoleAccess: !seeded.chance(0.2),
        canAPIGatewayAccess: index === 0 || !seeded.chance(0.15),
        createTime: formatUtc(createdAt),
        ...(seeded.chance(0.85) ? { lastLoginTime: formatUtc(lastLogin) } : {}),
        accessKeys: this.#accessKeysSince(createdAt, index === 0 ? 2 : seeded.below(4)),
      };
    });
  }

  /** Newest first. Only the newest is active, so that one more may be created. */
  #accessKeysSince(start: number, count: number): AccessKey[] {
    const lifetime = this.#plan.now - start;
    const moments = Array.from({ length: count }, () => start + this.#seeded.fraction() * lifetime);
    moments.sort((first, second) => second - first);
    return moments.map((createdAt, rank) => this.#accessKey({ active: rank === 0, createdAt }));
  }

  #accessKey(facts: { active: boolean; createdAt: number; deny?: readonly Service[] }): AccessKey {
    const age = this.#plan.now - facts.createdAt;
    return {
      accessKey: this.#accessKeyId(age > 2 * 365 * DAY),
      secretKey: this.#secret.text(ALPHANUMERIC, 40),
      active: facts.active,
      isHeld: true,
      createTime: formatUtc(facts.createdAt),
      deny: facts.deny ?? [],
    };
  }

  #accessKeyId(isOfTheOldForm: boolean): string {
    return isOfTheOldForm
      ? this.#seeded.text(ALPHANUMERIC, 20)
      : `ncp_iam_${this.#seeded.text(UPPER_CASE + DIGITS, 20)}`;
  }

  #authKeys(count: number): AuthKey[] {
    return Array.from(this.#momentsInThePast(count), (time, index) => {
      const title =
        words.AUTH_KEY_TITLES[index] ?? `${this.#seeded.pick(words.AREAS)}-node-${index}`;
      return authKeyOf(title, ed25519Blob(this.#seeded.bytes(32)), time);
    });
  }

  /** Oldest first. Most lie within the last year and some go back for years, as keys do. */
  #momentsInThePast(count: number): Float64Array {
    const moments = new Float64Array(count);
    for (let index = 0; index < count; index++)
      moments[index] = this.#plan.now - 1500 ** this.#seeded.fraction() * DAY;
    return moments.sort();
  }
}
