import type { KeyOnly } from "./keyHealth.ts";

const day = 24 * 60 * 60 * 1000;

/** Whole days since a time, at least 0. Both in milliseconds since the epoch. */
export function daysSince(time: number, now: number): number {
  return Math.max(0, Math.floor((now - time) / day));
}

/**
 * Since when a key is as it is, in milliseconds since the epoch: its creation or, for an API key,
 * of which NCP says no more, its last change.
 */
export function sinceWhen(key: KeyOnly): number | undefined {
  switch (key.kind) {
    case "authKey":
      return authKeyTime(key.authKey.createTime);
    case "apiKey":
      return key.apiKey.modifiedAt;
    case "accessKey":
      return key.accessKey.createdAt;
  }
}

/**
 * NSML writes `YYYY-MM-DD HH:mm:ss` and no zone. It is taken for Korean time, where NCP is; were it
 * another zone's, an age in days would be off by one at most.
 */
export const authKeyTimeZone = "Asia/Seoul";
const authKeyOffset = "+09:00";

function authKeyTime(text: string | undefined): number | undefined {
  const [, date, time] = /^(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d:\d\d))?/.exec(text ?? "") ?? [];
  if (date === undefined) return undefined;
  const moment = Date.parse(`${date}T${time ?? "12:00:00"}${authKeyOffset}`);
  return Number.isNaN(moment) ? undefined : moment;
}
