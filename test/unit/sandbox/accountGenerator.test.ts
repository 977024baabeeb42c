import assert from "node:assert/strict";
import { type AccountPlan, generateAccount } from "../../sandbox/accountGenerator.ts";
import type { AccessKey, AccountState } from "../../sandbox/state.ts";

const plan: AccountPlan = {
  apiKeys: 300,
  subAccounts: 60,
  authKeys: 40,
  seed: "test",
  now: Date.UTC(2026, 0, 15),
  deny: [],
  switches: {
    nsmlSubscribed: true,
    apiGatewayOpened: true,
    refuseRealNistp256: false,
    listApiKeyValues: false,
    limitCap: 1000,
    mostActiveAccessKeys: 2,
    clockOffset: 0,
  },
};

function accessKeysOf(account: AccountState): AccessKey[] {
  return [...account.accessKeys, ...account.subAccounts.flatMap(({ accessKeys }) => accessKeys)];
}

/** Everything about an account that may be seen by anybody. */
function publicFacts(account: AccountState): string {
  const { tenantId, authKeys, subAccounts, apiKeys, accessKeys } = account;
  const facts = { tenantId, authKeys, subAccounts, accessKeys, apiKeys: apiKeys.all() };
  return JSON.stringify(facts, (name, value: unknown) => (name === "secretKey" ? "" : value));
}

describe("an account that is made up", function () {
  // A hundred thousand keys are made in a fraction of a second, if nothing else keeps the machine.
  this.timeout(20_000);

  it("is the same for the same seed, and another for another", () => {
    const facts = publicFacts(generateAccount(plan));
    assert.equal(publicFacts(generateAccount(plan)), facts);
    assert.notEqual(publicFacts(generateAccount({ ...plan, seed: "other" })), facts);
  });

  it("has new secrets every time, each of its own", () => {
    const secrets = [generateAccount(plan), generateAccount(plan)].flatMap((account) => [
      ...accessKeysOf(account).map((accessKey) => accessKey.secretKey),
      ...account.apiKeys
        .all()
        .flatMap(({ apiKeyId }) => Object.values(account.apiKeys.valuesOf(apiKeyId)) as string[]),
    ]);
    assert.equal(new Set(secrets).size, secrets.length);
    assert.deepEqual(
      secrets.filter((secret) => !/^[A-Za-z0-9]{40}$/.test(secret)),
      [],
    );
  });

  it("keeps to the lengths and forms of NCP", () => {
    const account = generateAccount(plan);
    const oddities = [
      ...account.apiKeys
        .all()
        .filter(
          ({ apiKeyId, tenantId, apiKeyName, apiKeyDescription, modTime }) =>
            !/^[a-z0-9]{10}$/.test(apiKeyId) ||
            !/^[0-9a-f]{32}$/.test(tenantId) ||
            apiKeyName.length < 1 ||
            apiKeyName.length > 20 ||
            apiKeyDescription.length > 50 ||
            !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(modTime),
        ),
      ...accessKeysOf(account).filter(
        ({ accessKey }) => !/^(ncp_iam_[A-Z0-9]{20}|[A-Za-z0-9]{20})$/.test(accessKey),
      ),
      ...account.authKeys.filter(
        ({ title, createTime }) =>
          !/^[A-Za-z](-?[A-Za-z0-9])*$/.test(title) ||
          !/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(createTime),
      ),
    ];
    assert.deepEqual(oddities, []);
  });

  it("repeats no ID, title, fingerprint or login ID", () => {
    const { apiKeys, authKeys, subAccounts } = generateAccount(plan);
    const repeated = (values: string[]) => values.length - new Set(values).size;
    assert.deepEqual(
      {
        apiKeyIds: repeated(apiKeys.all().map(({ apiKeyId }) => apiKeyId)),
        titles: repeated(authKeys.map(({ title }) => title)),
        fingerprints: repeated(authKeys.map(({ fingerprint }) => fingerprint)),
        loginIds: repeated(subAccounts.map(({ loginId }) => loginId)),
      },
      { apiKeyIds: 0, titles: 0, fingerprints: 0, loginIds: 0 },
    );
  });

  it("is mixed: Korean and English, enabled and disabled, young and years old", () => {
    const account = generateAccount(plan);
    const apiKeys = account.apiKeys.all();
    const accessKeys = accessKeysOf(account);
    const years = (time: string) => (plan.now - Date.parse(time)) / (365 * 86_400_000);
    const present = {
      koreanName: apiKeys.some(({ apiKeyName }) => /[가-힣]/.test(apiKeyName)),
      koreanDescription: apiKeys.some((apiKey) => /[가-힣]/.test(apiKey.apiKeyDescription)),
      englishName: apiKeys.some(({ apiKeyName }) => /^[a-z-]+$/.test(apiKeyName)),
      disabled: apiKeys.some(({ isEnabled }) => !isEnabled),
      young: apiKeys.some(({ modTime }) => years(modTime) < 0.05),
      old: apiKeys.some(({ modTime }) => years(modTime) > 3),
      inactive: accessKeys.some(({ active }) => !active),
      oldForm: accessKeys.some(({ accessKey }) => /^[A-Za-z0-9]{20}$/.test(accessKey)),
      withoutApi: account.subAccounts.some((subAccount) => !subAccount.canAPIGatewayAccess),
      withoutKeys: account.subAccounts.some((subAccount) => subAccount.accessKeys.length === 0),
    };
    assert.deepEqual(
      Object.entries(present).filter(([, isPresent]) => !isPresent),
      [],
    );
  });

  it("lists a newest API key that is enabled and a third that is not, whatever the seed", () => {
    const seeds = Array.from({ length: 50 }, (_, index) => `seed ${index}`);
    const states = seeds.map((seed) => {
      const { apiKeys } = generateAccount({
        ...plan,
        apiKeys: 3,
        subAccounts: 0,
        authKeys: 0,
        seed,
      });
      return [apiKeys.page(0, 1)[0]?.isEnabled, apiKeys.page(2, 1)[0]?.isEnabled];
    });
    assert.deepEqual(
      states,
      states.map(() => [true, false]),
    );
  });

  it("leaves every sub account room for one more active access key", () => {
    const { subAccounts } = generateAccount(plan);
    const full = subAccounts.filter(
      ({ accessKeys }) => accessKeys.filter(({ active }) => active).length > 1,
    );
    assert.deepEqual(full, []);
  });

  it("has as many of everything as was asked for, a hundred thousand API keys included", () => {
    const account = generateAccount({ ...plan, apiKeys: 100_000, subAccounts: 500, authKeys: 0 });
    const counts = [account.apiKeys.size, account.subAccounts.length, account.authKeys.length];
    assert.deepEqual(counts, [100_000, 500, 0]);
    assert.equal(account.apiKeys.page(99_950, 100).length, 50);
  });

  it("cannot have more sub accounts than NCP allows", () => {
    assert.throws(() => generateAccount({ ...plan, subAccounts: 501 }), RangeError);
  });
});
