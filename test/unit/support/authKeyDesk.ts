import assert from "node:assert/strict";
import { rotateAuthKey } from "../../../src/commands/rotateAuthKey.ts";
import { Secret } from "../../../src/ncloud/secret.ts";
import type { AuthKey } from "../../../src/ncloud/nsml.ts";
import type { UploadPrompts } from "../../../src/ui/prompts.ts";
import { fewestOf } from "../../sandbox/keyHistory.ts";
import { answer, type FakeServices, type Situation } from "./fakeServices.ts";
import { lastTold, surprises } from "./lastTold.ts";
import { useUploadDesk, type UploadDesk } from "./uploadDesk.ts";
import type { World } from "./world.ts";

export const chooseFirst: UploadPrompts["chooseSource"] = async (choices) => {
  const [file] = (await choices).files;
  return file && { kind: "file", file };
};
/** Somebody who chooses the key of this computer, and its title. */
export const chosen = { chooseSource: [chooseFirst], askTitle: [answer("new")] };

/** Which of the two NSML has. */
export type AuthKeyNames = readonly ("old" | "new")[];

/** What is left of a rotation. */
export interface AuthKeyRotationEnd {
  readonly left: AuthKeyNames;
  /** How many of the two NSML had at the worst moment. */
  readonly fewest: number;
  /** The dialog or the message that is the last. */
  readonly told: string | undefined;
  readonly unexpected: readonly string[];
}

/** Somebody with a folder of public keys and an auth key that is to be rotated. */
export class AuthKeyDesk {
  readonly #desk: UploadDesk;

  constructor(desk: UploadDesk) {
    this.#desk = desk;
  }

  get world(): World {
    return this.#desk.world;
  }

  get folder(): string {
    return this.#desk.folder;
  }

  services(situation: Situation): FakeServices {
    return this.#desk.services(situation);
  }

  async open(situation: Situation) {
    const { sandbox } = this.world;
    const inventory = await this.world.signIn({ nsmlApiKey: new Secret(sandbox.apiKeyValue) });
    const services = this.services(situation);
    const [row] = await services.show(inventory, "authKeys");
    assert.ok(row?.kind === "authKey");
    sandbox.history.restart();
    const run = () => services.run((all) => rotateAuthKey(all, [row]));
    return { run, services, old: row.authKey };
  }

  /** What is left once the person has come to an end, and how it went. */
  end(old: Pick<AuthKey, "name">, transcript: readonly string[]): AuthKeyRotationEnd {
    const moments = this.world.sandbox.history.authKeys();
    const before = moments[0]?.keys ?? [];
    const added = moments.flatMap(({ keys }) => keys).filter((name) => !before.includes(name));
    const now = moments.at(-1)?.keys ?? [];
    return {
      left: [
        ...(now.includes(old.name) ? ["old" as const] : []),
        ...(now.some((name) => added.includes(name)) ? ["new" as const] : []),
      ],
      fewest: fewestOf(moments, [old.name, ...added]),
      told: lastTold(transcript),
      unexpected: surprises(transcript),
    };
  }
}

export function useAuthKeyDesk(): () => AuthKeyDesk {
  const desk = useUploadDesk({ authKeys: 2 });
  return () => new AuthKeyDesk(desk());
}
