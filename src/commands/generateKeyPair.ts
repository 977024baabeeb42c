import { takePublicKey } from "./choosePublicKey.ts";
import { makeKeyPair } from "./makeKeyPair.ts";
import { uploadChosen, type UploadServices } from "./uploadChosen.ts";

/** Makes a key pair on this computer and uploads its public key, once there is an NSML to take it. */
export async function generateKeyPair(services: UploadServices): Promise<void> {
  await uploadChosen(services, [
    async (authKeys) => {
      const made = await makeKeyPair(services);
      return made.kind === "given" ? takePublicKey(services, made.value, authKeys) : undefined;
    },
  ]);
}
