import assert from "node:assert/strict";
import {
  consoleUrl,
  isLoopbackOrigin,
  isSameZone,
  parseOrigin,
  serviceUrl,
  zoneOfApiUrl,
  type Zone,
} from "../../../src/ncloud/zone.ts";

const custom: Zone = { kind: "custom", origin: "https://ncp.example:8443" };
const zones: readonly Zone[] = [
  { kind: "public" },
  { kind: "government" },
  { kind: "financial" },
  custom,
];

function byText<T>(texts: readonly string[], read: (text: string) => T): Record<string, T> {
  return Object.fromEntries(texts.map((text) => [text, read(text)]));
}

describe("a zone", () => {
  it("has the published address of each service, and NSML in the public zone only", () => {
    const addresses = zones.map((zone) => [
      serviceUrl(zone, "apiGateway"),
      serviceUrl(zone, "subAccount"),
      serviceUrl(zone, "nsml"),
      consoleUrl(zone),
    ]);
    assert.deepEqual(addresses, [
      [
        "https://apigateway.apigw.ntruss.com/api/v1",
        "https://subaccount.apigw.ntruss.com/api/v1",
        "https://nsml.apigw.ntruss.com/nsml/v1",
        "https://console.ncloud.com",
      ],
      [
        "https://apigateway.apigw.gov-ntruss.com/api/v1",
        "https://subaccount.apigw.gov-ntruss.com/api/v1",
        undefined,
        "https://console.gov-ncloud.com",
      ],
      [
        "https://apigateway.apigw.fin-ntruss.com/api/v1",
        "https://subaccount.apigw.fin-ntruss.com/api/v1",
        undefined,
        "https://console.fin-ncloud.com",
      ],
      [
        "https://ncp.example:8443/api/v1",
        "https://ncp.example:8443/api/v1",
        "https://ncp.example:8443/nsml/v1",
        undefined,
      ],
    ]);
  });

  it("is the same as itself, a custom one by its origin", () => {
    const other: Zone = { kind: "custom", origin: "https://ncp.example" };
    const all = [...zones, other];
    const same = all.map((a) => all.map((b) => isSameZone(a, b)));
    assert.deepEqual(
      same,
      all.map((_, a) => all.map((_zone, b) => a === b)),
    );
  });
});

describe("an origin", () => {
  it("is https with a host and perhaps a port, written in any case", () => {
    const texts = [
      "https://ncp.example",
      "https://ncp.example/",
      "  https://NCP.Example:8443\n",
      "https://ncp.example:443",
      "https://[::1]:8443",
      "https://10.0.0.1",
    ];
    assert.deepEqual(byText(texts, parseOrigin), {
      "https://ncp.example": { origin: "https://ncp.example" },
      "https://ncp.example/": { origin: "https://ncp.example" },
      "  https://NCP.Example:8443\n": { origin: "https://ncp.example:8443" },
      "https://ncp.example:443": { origin: "https://ncp.example" },
      "https://[::1]:8443": { origin: "https://[::1]:8443" },
      "https://10.0.0.1": { origin: "https://10.0.0.1" },
    });
  });

  it("may be http on this computer only, whatever the host looks like", () => {
    const own = [
      "http://localhost:3000",
      "http://LOCALHOST",
      "http://127.0.0.1:8080",
      "http://127.8.9.10",
      "http://127.1",
      "http://0x7f000001",
      "http://[::1]:80",
    ];
    const foreign = [
      "http://ncp.example",
      "http://apigateway.apigw.ntruss.com",
      "http://localhost.evil.example",
      "http://evil-localhost",
      "http://127.0.0.1.evil.example",
      "http://x.127.0.0.1.evil.example",
      "http://0.0.0.0",
      "http://10.0.0.1",
      "http://[::2]",
      "http://[::ffff:10.0.0.1]",
      "http://128.0.0.1",
    ];
    assert.deepEqual(
      [...own, ...foreign].map((text) => ["origin" in parseOrigin(text), isLoopbackOrigin(text)]),
      [...own.map(() => [true, true]), ...foreign.map(() => [false, false])],
    );
  });

  it("is refused when it is something else, with what is wrong", () => {
    const texts = {
      "": "notAUrl",
      "ncp.example": "notAUrl",
      "localhost:3000": "notAUrl",
      "https://": "notAUrl",
      "//ncp.example": "notAUrl",
      "mailto:somebody@ncp.example": "notAUrl",
      "https://a b": "notAUrl",
      "https://ncp.example:99999": "notAUrl",
      "http://ncp.example": "notHttps",
      "ftp://ncp.example": "notHttps",
      "ws://localhost": "notHttps",
      "https://ncp.example/api/v1": "notAnOrigin",
      "https://ncp.example//": "notAnOrigin",
      "https://ncp.example?x=1": "notAnOrigin",
      "https://ncp.example/?": "notAnOrigin",
      "https://ncp.example#x": "notAnOrigin",
      "https://user@ncp.example": "notAnOrigin",
      "https://apigateway.apigw.ntruss.com@evil.example": "notAnOrigin",
      "https://apigateway.apigw.ntruss.com:x@evil.example": "notAnOrigin",
    };
    assert.deepEqual(
      byText(Object.keys(texts), parseOrigin),
      Object.fromEntries(Object.entries(texts).map(([text, problem]) => [text, { problem }])),
    );
  });

  it("that is no URL is not this computer", () => {
    assert.deepEqual(["", "localhost", "http://"].map(isLoopbackOrigin), [false, false, false]);
  });
});

describe("the API address of a configuration file", () => {
  it("names the zone by NCP's own domains, with or without a scheme", () => {
    const texts = [
      "https://ncloud.apigw.ntruss.com",
      "https://ncloud.apigw.gov-ntruss.com",
      "https://fin-ncloud.apigw.fin-ntruss.com",
      " https://NCLOUD.apigw.ntruss.com/vserver/v2/ ",
      "http://ncloud.apigw.ntruss.com",
      "ncloud.apigw.ntruss.com",
      "fin-ncloud.apigw.fin-ntruss.com/",
    ];
    assert.deepEqual(
      texts.map((text) => zoneOfApiUrl(text)),
      ["public", "government", "financial", "public", "public", "public", "financial"].map(
        (kind) => ({ zone: { kind } }),
      ),
    );
  });

  it("is never taken for NCP's own when it only looks like it", () => {
    const texts = {
      "https://x.apigw.ntruss.com.evil.example": "https://x.apigw.ntruss.com.evil.example",
      "https://xapigw.ntruss.com": "https://xapigw.ntruss.com",
      "https://ncloud-apigw.ntruss.com": "https://ncloud-apigw.ntruss.com",
      "https://apigw.ntruss.com.": "https://apigw.ntruss.com.",
      "https://x.apigw.evil-ntruss.com": "https://x.apigw.evil-ntruss.com",
      "https://x.apigw.ntruss.com\u3002evil.example": "https://x.apigw.ntruss.com.evil.example",
      "https://x.apigw.ntruss.co": "https://x.apigw.ntruss.co",
      "http://127.0.0.1:4000": "http://127.0.0.1:4000",
    };
    assert.deepEqual(
      byText(Object.keys(texts), zoneOfApiUrl),
      Object.fromEntries(
        Object.entries(texts).map(([text, origin]) => [text, { zone: { kind: "custom", origin } }]),
      ),
    );
  });

  it("is refused where an origin would be", () => {
    const texts = {
      "ncp.example": "notAUrl",
      "": "notAUrl",
      "http://x.apigw.ntruss.com.evil.example": "notHttps",
      "https://x.apigw.ntruss.com@evil.example": "notAnOrigin",
      "https://evil.example/.apigw.ntruss.com": "notAnOrigin",
      "https://evil.example?.apigw.ntruss.com": "notAnOrigin",
      "https://evil.example#.apigw.ntruss.com": "notAnOrigin",
      "https://evil.example\\.apigw.ntruss.com": "notAnOrigin",
    };
    assert.deepEqual(
      byText(Object.keys(texts), zoneOfApiUrl),
      Object.fromEntries(Object.entries(texts).map(([text, problem]) => [text, { problem }])),
    );
  });
});
