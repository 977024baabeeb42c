import { badRequest, conflict, notFound } from "./errors.ts";
import { textField } from "./fields.ts";
import type { Answer, Call, Route } from "./routing.ts";
import { md5OfBlob, typeInside } from "./sshKey.ts";
import { authKeyOf } from "./state.ts";

/** The third type as the page prints it, and as RFC 5656 names it. */
const PRINTED_NISTP256 = "ecdsa-sha-nistp256";
const REAL_NISTP256 = "ecdsa-sha2-nistp256";

const ACCEPTED_TYPES = [
  "ssh-rsa",
  "ssh-ed25519",
  PRINTED_NISTP256,
  "ecdsa-sha2-nistp384",
  "ecdsa-sha2-nistp521",
];

function listAuthKeys({ state }: Call): Answer {
  const keyList = state.authKeys;
  return { status: 200, json: { keyList, totalCount: keyList.length } };
}

function createAuthKey({ state, body, now }: Call): Answer {
  const title = textField(body, "title", 1, Infinity);
  if (!/^[A-Za-z](?:-?[A-Za-z0-9])*-?$/.test(title)) throw badRequest("Invalid title.");
  const key = textField(body, "key", 1, Infinity);
  const blob = decodeKey(key, state.switches.refuseRealNistp256);

  if (state.authKeys.some((authKey) => authKey.title === title))
    throw conflict("The title is in use.");
  const name = md5OfBlob(blob);
  if (state.authKeys.some((authKey) => authKey.name === name))
    throw conflict("The key is registered already.");

  state.authKeys.push(authKeyOf(title, blob, now));
  return { status: 201 };
}

function deleteAuthKey({ state, param }: Call): Answer {
  const title = param("title");
  const name = param("name");
  const index = state.authKeys.findIndex(
    (authKey) => authKey.title === title && authKey.name === name,
  );
  if (index === -1) throw notFound("There is no such authentication key.");
  state.authKeys.splice(index, 1);
  return { status: 200 };
}

/** The blob of `type base64 comment`, which has to be a key of the type it claims to be. */
function decodeKey(key: string, refuseRealNistp256: boolean): Buffer {
  const [type = "", base64 = ""] = key.split(" ");
  const accepted = refuseRealNistp256 ? ACCEPTED_TYPES : [...ACCEPTED_TYPES, REAL_NISTP256];
  if (!accepted.includes(type)) throw badRequest("The key is of a type that is not accepted.");
  if (/[\r\n]/.test(key.trimEnd())) throw badRequest("The key is more than one line.");

  const blob = Buffer.from(base64, "base64");
  const realType = type === PRINTED_NISTP256 ? REAL_NISTP256 : type;
  if (blob.toString("base64") !== base64.trimEnd() || typeInside(blob) !== realType)
    throw badRequest("The key cannot be read.");
  return blob;
}

export const nsmlRoutes: readonly Route[] = [
  {
    service: "nsml",
    method: "GET",
    path: "/nsml/v1/auth-keys",
    takesBody: false,
    handle: listAuthKeys,
  },
  {
    service: "nsml",
    method: "POST",
    path: "/nsml/v1/auth-keys",
    takesBody: true,
    handle: createAuthKey,
  },
  {
    service: "nsml",
    method: "DELETE",
    path: "/nsml/v1/auth-keys/title/{title}/name/{name}",
    takesBody: false,
    handle: deleteAuthKey,
  },
];
