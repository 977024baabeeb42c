/**
 * Where an account's requests go. The zone is part of the credential: it is chosen at sign-in, kept
 * beside the secret key, and no setting changes it.
 */
export type Zone =
  | { readonly kind: "public" | "government" | "financial" }
  | { readonly kind: "custom"; readonly origin: string };

export type ServiceName = "apiGateway" | "subAccount" | "nsml";

interface ZoneAddresses {
  /** Base URL of each service without a trailing slash. A zone may lack NSML. */
  readonly services: Readonly<Partial<Record<ServiceName, string>>>;
  /** The web console, where there is a known one. */
  readonly console?: string;
}

const publishedZones: Readonly<Record<Exclude<Zone["kind"], "custom">, ZoneAddresses>> = {
  public: {
    services: {
      apiGateway: "https://apigateway.apigw.ntruss.com/api/v1",
      subAccount: "https://subaccount.apigw.ntruss.com/api/v1",
      nsml: "https://nsml.apigw.ntruss.com/nsml/v1",
    },
    console: "https://console.ncloud.com",
  },
  government: {
    services: {
      apiGateway: "https://apigateway.apigw.gov-ntruss.com/api/v1",
      subAccount: "https://subaccount.apigw.gov-ntruss.com/api/v1",
    },
    console: "https://console.gov-ncloud.com",
  },
  financial: {
    services: {
      apiGateway: "https://apigateway.apigw.fin-ntruss.com/api/v1",
      subAccount: "https://subaccount.apigw.fin-ntruss.com/api/v1",
    },
    console: "https://console.fin-ncloud.com",
  },
};

function addressesOf(zone: Zone): ZoneAddresses {
  if (zone.kind !== "custom") return publishedZones[zone.kind];
  const { origin } = zone;
  return {
    services: {
      apiGateway: `${origin}/api/v1`,
      subAccount: `${origin}/api/v1`,
      nsml: `${origin}/nsml/v1`,
    },
  };
}

/** The base URL of a service in a zone, or undefined where the zone does not have that service. */
export function serviceUrl(zone: Zone, service: ServiceName): string | undefined {
  return addressesOf(zone).services[service];
}

/** The web console of a zone; a custom origin has none that is known. */
export function consoleUrl(zone: Zone): string | undefined {
  return addressesOf(zone).console;
}

export type OriginProblem = "notAUrl" | "notHttps" | "notAnOrigin";

/**
 * Reads an origin a person typed or a file named: `https://host[:port]`, or plain http to this very
 * computer. Anything more (a path, a user name, a query) is refused rather than dropped, because
 * the requests would then go elsewhere than the text says.
 */
export function parseOrigin(
  text: string,
): { readonly origin: string } | { readonly problem: OriginProblem } {
  const url = parseUrl(text.trim());
  if (!url?.hostname) return { problem: "notAUrl" };
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isLoopback(url.hostname))) {
    return { problem: "notHttps" };
  }
  if (url.href !== `${url.origin}/`) return { problem: "notAnOrigin" };
  return { origin: url.origin };
}

/** Whether an origin is this computer itself, so that what is sent to it stays here. */
export function isLoopbackOrigin(origin: string): boolean {
  const url = parseUrl(origin);
  return url !== undefined && isLoopback(url.hostname);
}

// `ncloud_api_url` names the API host of the zone's other products; each zone has a domain of its own.
const zoneOfDomain = [
  [".apigw.ntruss.com", "public"],
  [".apigw.gov-ntruss.com", "government"],
  [".apigw.fin-ntruss.com", "financial"],
] as const;

/**
 * The zone that an API address from a configuration file or the environment stands for, with or
 * without its scheme. An address outside NCP's own domains becomes a custom origin.
 */
export function zoneOfApiUrl(
  text: string,
): { readonly zone: Zone } | { readonly problem: OriginProblem } {
  const url = parseUrl(text.trim()) ?? parseUrl(`https://${text.trim()}`);
  const match = zoneOfDomain.find(([domain]) => url?.hostname.endsWith(domain));
  if (match) return { zone: { kind: match[1] } };
  const parsed = parseOrigin(text);
  return "origin" in parsed ? { zone: { kind: "custom", origin: parsed.origin } } : parsed;
}

export function isSameZone(a: Zone, b: Zone): boolean {
  if (a.kind === "custom" && b.kind === "custom") return a.origin === b.origin;
  return a.kind === b.kind;
}

function parseUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}

function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}
