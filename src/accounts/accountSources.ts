import type { Credentials } from "../ncloud/ncloudClient.ts";
import { isRecord } from "../ncloud/decode.ts";
import { Secret } from "../ncloud/secret.ts";
import { zoneOfApiUrl, type OriginProblem, type Zone } from "../ncloud/zone.ts";

export type SourcePlace =
  | { readonly kind: "file"; readonly path: string; readonly section: string | undefined }
  | { readonly kind: "environment" };

/** Credentials that NCP's own tools use on this computer, found but not yet taken. */
export interface AccountSource extends Pick<Credentials, "accessKeyId" | "secretKey"> {
  readonly place: SourcePlace;
  readonly zone: Zone;
}

/** A place that names credentials and cannot be used as it is. */
export interface SourceProblem {
  readonly place: SourcePlace;
  readonly problem: "unreadable" | "noAccessKeyId" | "noSecretKey" | OriginProblem;
}

export interface FoundSources {
  readonly sources: readonly AccountSource[];
  readonly problems: readonly SourceProblem[];
}

export interface SourceParts {
  readonly configurePath: string;
  /** The text of a file, or undefined when there is none. Rejects when it cannot be read. */
  readonly readFile: (path: string) => Promise<string | undefined>;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Where credentials were found, before it is known whether they are complete. */
interface RawSource {
  readonly place: SourcePlace;
  readonly accessKeyId: string | undefined;
  readonly secretKey: string | undefined;
  readonly apiUrl: string | undefined;
}

/**
 * The credentials in `~/.ncloud/configure` and in the environment, the section first that
 * `NCLOUD_PROFILE` names, which is the one that NCP's tools take. Nothing is kept of them.
 */
export async function findAccountSources(parts: SourceParts): Promise<FoundSources> {
  const sources: AccountSource[] = [];
  const problems: SourceProblem[] = [];
  const profile = textOf(parts.environment["NCLOUD_PROFILE"]);
  const sections = profileFirst(await readConfigure(parts, problems), profile);
  for (const raw of [...sections, readEnvironment(parts)]) {
    if (raw.accessKeyId === undefined && raw.secretKey === undefined) continue;
    const checked = check(raw);
    if ("problem" in checked) problems.push(checked);
    else sources.push(checked);
  }
  return { sources, problems };
}

function profileFirst(
  sections: readonly RawSource[],
  profile: string | undefined,
): readonly RawSource[] {
  if (profile === undefined) return sections;
  const isChosen = ({ place }: RawSource) =>
    place.kind === "file" && sectionName(place.section) === sectionName(profile);
  return [...sections.filter(isChosen), ...sections.filter((one) => !isChosen(one))];
}

async function readConfigure(
  { configurePath, readFile }: SourceParts,
  problems: SourceProblem[],
): Promise<readonly RawSource[]> {
  let text: string | undefined;
  try {
    text = await readFile(configurePath);
  } catch {
    const place = { kind: "file", path: configurePath, section: undefined } as const;
    problems.push({ place, problem: "unreadable" });
  }
  if (text === undefined) return [];
  const { default: ini } = await import("ini");
  return [...readSections(configurePath, ini.parse(text.replace(/^\uFEFF/, "")))];
}

/** A section name with dots comes out of the parser as sections within sections. */
function* readSections(path: string, root: unknown): Generator<RawSource> {
  const left: { readonly section: string | undefined; readonly record: unknown }[] = [
    { section: undefined, record: root },
  ];
  for (let next = left.pop(); next; next = left.pop()) {
    const { section, record } = next;
    if (!isRecord(record)) continue;
    yield {
      place: { kind: "file", path, section },
      accessKeyId: textOf(record["ncloud_access_key_id"]),
      secretKey: textOf(record["ncloud_secret_access_key"]),
      apiUrl: textOf(record["ncloud_api_url"]),
    };
    for (const [name, value] of Object.entries(record).reverse()) {
      left.push({ section: section === undefined ? name : `${section}.${name}`, record: value });
    }
  }
}

/** The section without a name and the one called DEFAULT are the same to the tools that write them. */
export function sectionName(section: string | undefined): string {
  return section === undefined || section === "DEFAULT" ? "default" : section;
}

function readEnvironment({ environment: env }: SourceParts): RawSource {
  return {
    place: { kind: "environment" },
    accessKeyId: textOf(env["NCLOUD_ACCESS_KEY_ID"]) ?? textOf(env["NCLOUD_ACCESS_KEY"]),
    secretKey: textOf(env["NCLOUD_SECRET_ACCESS_KEY"]) ?? textOf(env["NCLOUD_SECRET_KEY"]),
    apiUrl: textOf(env["NCLOUD_API_GW"]),
  };
}

function check(raw: RawSource): AccountSource | SourceProblem {
  const { place, accessKeyId, secretKey, apiUrl } = raw;
  if (accessKeyId === undefined) return { place, problem: "noAccessKeyId" };
  if (secretKey === undefined) return { place, problem: "noSecretKey" };
  const found = apiUrl === undefined ? { zone: { kind: "public" } as const } : zoneOfApiUrl(apiUrl);
  if ("problem" in found) return { place, problem: found.problem };
  return { place, zone: found.zone, accessKeyId, secretKey: new Secret(secretKey) };
}

function textOf(value: unknown): string | undefined {
  const text = typeof value === "string" ? value.trim() : "";
  return text === "" ? undefined : text;
}
