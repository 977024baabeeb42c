import assert from "node:assert/strict";
import { rotateApiKey } from "../../../src/commands/rotateApiKey.ts";
import type { ApiKeyRow } from "../../../src/inventory/row.ts";
import { fewestOf } from "../../sandbox/keyHistory.ts";
import { FakeServices, type Situation } from "./fakeServices.ts";
import { lastTold, surprises } from "./lastTold.ts";
import { useWorld, type World } from "./world.ts";

export type ValueName = "primary" | "secondary";

/** In the order in which the sandbox's history names the values. */
const valueNames: readonly ValueName[] = ["primary", "secondary"];

/** What is left of a rotation. */
export interface ApiKeyRotationEnd {
  /** Which values became new, in turn. */
  readonly renewed: readonly ValueName[];
  /** Whether at every moment a value worked that the person has: from before, or by the clipboard. */
  readonly works: boolean;
  /** The dialog or the message that is the last. */
  readonly told: string | undefined;
  readonly unexpected: readonly string[];
}

/** Somebody with API keys, of which the newest has the value that is sent to NSML: its primary. */
export class ApiKeyDesk {
  readonly world: World;
  #valuesBefore: readonly string[] = [];

  constructor(world: World) {
    this.world = world;
  }

  async open(situation: Situation, { isEnabled = true } = {}) {
    const { apiKeys } = this.world.sandbox.state;
    const apiKey = { ...apiKeys.all()[0]!, isEnabled };
    apiKeys.put(apiKey);
    await this.world.signIn();
    const services = new FakeServices(this.world.session, situation);
    const row = await this.rowFor(services);
    const id = apiKey.apiKeyId;
    assert.equal(row.apiKey.apiKeyId, id);
    this.#valuesBefore = Object.values(this.valuesOf(id)) as string[];
    this.world.sandbox.history.restart();
    return { row, id, services, run: () => services.run((all) => rotateApiKey(all, [row])) };
  }

  /** The row of the API key whose primary value is sent to NSML. */
  async rowFor(services: FakeServices): Promise<ApiKeyRow> {
    const { sandbox, signedIn } = this.world;
    const rows = await services.show(signedIn.inventory, "apiKeys");
    const row = rows.find(
      (one) =>
        one.kind === "apiKey" &&
        this.valuesOf(one.apiKey.apiKeyId).primaryKey === sandbox.apiKeyValue,
    );
    assert.ok(row?.kind === "apiKey");
    return row;
  }

  valuesOf(id: string) {
    return this.world.sandbox.state.apiKeys.valuesOf(id);
  }

  renewedInTurn(id: string): readonly ValueName[] {
    const moments = this.world.sandbox.history.apiKeyValues(id);
    return moments.flatMap(({ keys }, index) => {
      const before = moments[index - 1]?.keys ?? keys;
      return valueNames.filter((_, which) => keys[which] !== before[which]);
    });
  }

  /** What is left once the person has come to an end, and how it went. */
  end(id: string, { copied }: FakeServices, transcript: readonly string[]): ApiKeyRotationEnd {
    const held = [...this.#valuesBefore, ...copied];
    return {
      renewed: this.renewedInTurn(id),
      works: fewestOf(this.world.sandbox.history.apiKeyValues(id), held) >= 1,
      told: lastTold(transcript),
      unexpected: surprises(transcript),
    };
  }
}

export function useApiKeyDesk(): () => ApiKeyDesk {
  const world = useWorld({ authKeys: 1, apiKeys: 3, subAccounts: 1 });
  let desk: ApiKeyDesk | undefined;
  beforeEach(() => {
    desk = new ApiKeyDesk(world());
  });
  return () => {
    if (!desk) throw new Error("There is a desk only while a test runs.");
    return desk;
  };
}
