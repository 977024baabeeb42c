import { writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { uploadPublicKey } from "../../../src/commands/uploadPublicKey.ts";
import { listPublicKeyFiles, readPublicKeyFile } from "../../../src/ssh/sshDirectory.ts";
import type { SandboxOptions } from "../../sandbox/sandbox.ts";
import { useTemporaryFolder } from "../ssh/temporaryFolder.ts";
import { FakeServices, type Situation } from "./fakeServices.ts";
import { newEd25519, type NewKey } from "./newKeys.ts";
import { useWorld, type World } from "./world.ts";

/** Somebody who is signed in, with a folder of public keys. */
export class UploadDesk {
  readonly world: World;
  readonly folder: string;
  /** The key in `id.pub`, which is not in NSML. */
  readonly key: NewKey = newEd25519();
  readonly file: string;
  /** The same file as a resource of the editor, of which a URL takes the place here. */
  get resource(): URL {
    return pathToFileURL(this.file);
  }

  constructor(world: World, folder: string) {
    this.world = world;
    this.folder = folder;
    this.file = this.write("id.pub", `${this.key.line}\n`);
  }

  /** Writes a file into the folder, and gives its path. */
  write(name: string, text: string): string {
    const file = path.join(this.folder, name);
    writeFileSync(file, text);
    return file;
  }

  services(situation: Situation): FakeServices {
    const computer = {
      sshDirectory: () => ({ path: this.folder, shown: "~/.ssh" }),
      listPublicKeys: (directory: string) => listPublicKeyFiles(directory),
      readPublicKey: (file: string) => readPublicKeyFile(file),
      readGivenKey: (given: unknown) =>
        given instanceof URL ? readPublicKeyFile(fileURLToPath(given)) : Promise.resolve(undefined),
      ...situation.computer,
    };
    return new FakeServices(this.world.session, { ...situation, computer });
  }

  /** Uploads the key of `id.pub`, unless other arguments are given, and tells what happened. */
  async upload(situation: Situation, args: readonly unknown[] = [this.resource]) {
    const transcript = await this.services(situation).run((all) => uploadPublicKey(all, args));
    return { transcript, titles: this.titles, posts: this.world.posts };
  }

  /** The titles of the keys in NSML that were not there from the start. */
  get titles(): readonly string[] {
    return this.world.sandbox.state.authKeys.slice(this.before).map(({ title }) => title);
  }
  before = 0;

  /** Puts a key into NSML behind our back, and gives it out of the titles above. */
  register(authKey: World["sandbox"]["state"]["authKeys"][number]): void {
    this.world.sandbox.state.authKeys.unshift(authKey);
    this.before++;
  }
}

export function useUploadDesk(options: SandboxOptions = {}): () => UploadDesk {
  const world = useWorld(options);
  const folder = useTemporaryFolder();
  let desk: UploadDesk | undefined;
  beforeEach(async () => {
    desk = new UploadDesk(world(), folder());
    desk.before = world().sandbox.state.authKeys.length;
    await world().signIn();
  });
  return () => {
    if (!desk) throw new Error("There is a desk only while a test runs.");
    return desk;
  };
}
