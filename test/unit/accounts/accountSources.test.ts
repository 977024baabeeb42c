import assert from "node:assert/strict";
import { findAccountSources, type SourcePlace } from "../../../src/accounts/accountSources.ts";
import { newSecretText } from "../support/testAccount.ts";

const configurePath = "/home/me/.ncloud/configure";
const secrets = { a: newSecretText(), b: newSecretText(), c: newSecretText() };

interface Places {
  /** The text of the file, or what reading it fails with. */
  readonly file?: string | Error;
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

async function find({ file, environment = {} }: Places) {
  const read: string[] = [];
  const found = await findAccountSources({
    configurePath,
    environment,
    readFile: (path) => {
      read.push(path);
      return file instanceof Error ? Promise.reject(file) : Promise.resolve(file);
    },
  });
  return {
    sources: found.sources.map(({ place, zone, accessKeyId, secretKey }) => ({
      from: nameOf(place),
      zone: zone.kind === "custom" ? zone.origin : zone.kind,
      accessKeyId,
      secretKey: secretKey.reveal(),
    })),
    problems: found.problems.map(({ place, problem }) => `${nameOf(place)}: ${problem}`),
    read,
  };
}

function nameOf(place: SourcePlace): string {
  if (place.kind === "environment") return "environment";
  assert.equal(place.path, configurePath);
  return place.section === undefined ? "no section" : `[${place.section}]`;
}

function lines(name: keyof typeof secrets, apiUrl?: string): string {
  return [
    `ncloud_access_key_id = id-${name}`,
    `ncloud_secret_access_key = ${secrets[name]}`,
    ...(apiUrl === undefined ? [] : [`ncloud_api_url = ${apiUrl}`]),
    "",
  ].join("\n");
}

function source(from: string, name: keyof typeof secrets, zone = "public") {
  return { from, zone, accessKeyId: `id-${name}`, secretKey: secrets[name] };
}

async function sourcesOf(file: string) {
  const { sources, problems } = await find({ file });
  assert.deepEqual(problems, []);
  return sources;
}

describe("Accounts to import", () => {
  it("are those of every section of the file and then the one of the environment", async () => {
    const file = `${lines("a")}\n[work]\n${lines("b")}\n[home]\n${lines("c")}`;
    const environment = { NCLOUD_ACCESS_KEY_ID: "id-a", NCLOUD_SECRET_ACCESS_KEY: secrets.a };
    assert.deepEqual(await find({ file, environment }), {
      sources: [
        source("no section", "a"),
        source("[work]", "b"),
        source("[home]", "c"),
        source("environment", "a"),
      ],
      problems: [],
      read: [configurePath],
    });
  });

  it("are none where there is no file and nothing in the environment", async () => {
    assert.deepEqual(await find({}), { sources: [], problems: [], read: [configurePath] });
  });

  it("are none of a section about something else", async () => {
    assert.deepEqual(await sourcesOf(`[colors]\nred = 1\n[work]\n${lines("a")}`), [
      source("[work]", "a"),
    ]);
  });

  it("are found under the whole name of a section that has dots", async () => {
    const file = `[a.b.c]\n${lines("a")}\n[a]\n${lines("b")}\n[d\\.e]\n${lines("c")}`;
    assert.deepEqual(
      new Set(await sourcesOf(file)),
      new Set([source("[a.b.c]", "a"), source("[a]", "b"), source("[d.e]", "c")]),
    );
  });

  const forms: Readonly<Record<string, string>> = {
    "a byte order mark": `\uFEFF[work]\n${lines("a")}`,
    "Windows line ends": `[work]\n${lines("a")}`.replaceAll("\n", "\r\n"),
    "no line end at the end": `[work]\n${lines("a")}`.trimEnd(),
    "double quotes": `[work]\nncloud_access_key_id="id-a"\nncloud_secret_access_key="${secrets.a}"`,
    "single quotes": `[work]\nncloud_access_key_id='id-a'\nncloud_secret_access_key='${secrets.a}'`,
    comments: `; about\n# this\n[work]\n${lines("a").replaceAll("\n", " ; note\n")}`,
    "spaces and tabs": `[work]\n\tncloud_access_key_id\t=   id-a\t\n ncloud_secret_access_key=${secrets.a}  `,
    "other settings around": `[work]\nregion = KR\n${lines("a")}output = json\nverbose\n`,
  };
  for (const [form, file] of Object.entries(forms)) {
    it(`are read from a file with ${form}`, async () => {
      assert.deepEqual(await sourcesOf(file), [source("[work]", "a")]);
    });
  }

  it("are in the zone that the API URL stands for", async () => {
    const zones = {
      "https://ncloud.apigw.ntruss.com": "public",
      "https://ncloud.apigw.gov-ntruss.com": "government",
      "https://fin-ncloud.apigw.fin-ntruss.com": "financial",
      "https://ncp.example.com:8443": "https://ncp.example.com:8443",
      "http://127.0.0.1:4000": "http://127.0.0.1:4000",
    };
    for (const [url, zone] of Object.entries(zones)) {
      const environment = {
        NCLOUD_ACCESS_KEY_ID: "id-b",
        NCLOUD_SECRET_ACCESS_KEY: secrets.b,
        NCLOUD_API_GW: url,
      };
      const { sources } = await find({ file: `[work]\n${lines("a", url)}`, environment });
      assert.deepEqual(sources, [source("[work]", "a", zone), source("environment", "b", zone)]);
    }
  });

  it("are in no zone of NAVER Cloud when the API URL only looks like one of its own", async () => {
    const urls = [
      "https://ncloud.apigw.ntruss.com.example.com",
      "https://apigw.ntruss.com",
      "https://evil-apigw.ntruss.com.",
    ];
    const zones = [];
    for (const url of urls) zones.push(...(await sourcesOf(`[work]\n${lines("a", url)}`)));
    assert.deepEqual(
      zones.map(({ zone }) => zone),
      urls,
    );
  });

  it("are not offered with an API URL that could not be used as it is", async () => {
    const problems = {
      "not an address": "notAUrl",
      "http://ncp.example.com": "notHttps",
      "ftp://127.0.0.1": "notHttps",
      "https://ncp.example.com/path": "notAnOrigin",
      "https://me@ncp.example.com": "notAnOrigin",
    };
    for (const [url, problem] of Object.entries(problems)) {
      assert.deepEqual(await find({ file: `[work]\n${lines("a", url)}` }), {
        sources: [],
        problems: [`[work]: ${problem}`],
        read: [configurePath],
      });
    }
  });

  it("are not offered by half, and the reason is given", async () => {
    const file = [
      "ncloud_access_key_id = id-a",
      "[one]",
      `ncloud_secret_access_key = ${secrets.a}`,
      "[two]",
      "ncloud_access_key_id = id-a",
      "ncloud_secret_access_key =",
      "[three]",
      "ncloud_access_key_id = true",
      `ncloud_secret_access_key = ${secrets.a}`,
      "[four]",
      lines("b"),
    ].join("\n");
    const environment = { NCLOUD_SECRET_KEY: secrets.c };
    assert.deepEqual(await find({ file, environment }), {
      sources: [source("[four]", "b")],
      problems: [
        "no section: noSecretKey",
        "[one]: noAccessKeyId",
        "[two]: noSecretKey",
        "[three]: noAccessKeyId",
        "environment: noAccessKeyId",
      ],
      read: [configurePath],
    });
  });

  it("are those of the environment when the file cannot be read, which is said", async () => {
    const environment = { NCLOUD_ACCESS_KEY_ID: "id-c", NCLOUD_SECRET_ACCESS_KEY: secrets.c };
    assert.deepEqual(await find({ file: new Error("EACCES"), environment }), {
      sources: [source("environment", "c")],
      problems: ["no section: unreadable"],
      read: [configurePath],
    });
  });

  it("are found under either name of each variable, the documented one first", async () => {
    const environments = [
      { NCLOUD_ACCESS_KEY_ID: "id-a", NCLOUD_SECRET_ACCESS_KEY: secrets.a },
      { NCLOUD_ACCESS_KEY: "id-a", NCLOUD_SECRET_KEY: secrets.a },
      {
        NCLOUD_ACCESS_KEY_ID: "id-a",
        NCLOUD_ACCESS_KEY: "id-b",
        NCLOUD_SECRET_ACCESS_KEY: secrets.a,
        NCLOUD_SECRET_KEY: secrets.b,
      },
      {
        NCLOUD_ACCESS_KEY_ID: " ",
        NCLOUD_ACCESS_KEY: " id-a ",
        NCLOUD_SECRET_ACCESS_KEY: "",
        NCLOUD_SECRET_KEY: secrets.a,
      },
    ];
    for (const environment of environments) {
      const { sources } = await find({ environment });
      assert.deepEqual(sources, [source("environment", "a")]);
    }
  });

  it("begin with the section that NCLOUD_PROFILE names", async () => {
    const file = `${lines("a")}[work]\n${lines("b")}[home]\n${lines("c")}`;
    const orders = [];
    for (const profile of ["home", " work ", "DEFAULT", "default", "", "gone"]) {
      const { sources } = await find({ file, environment: { NCLOUD_PROFILE: profile } });
      orders.push([profile, sources.map(({ from }) => from).join(" ")]);
    }
    assert.deepEqual(orders, [
      ["home", "[home] no section [work]"],
      [" work ", "[work] no section [home]"],
      ["DEFAULT", "no section [work] [home]"],
      ["default", "no section [work] [home]"],
      ["", "no section [work] [home]"],
      ["gone", "no section [work] [home]"],
    ]);
  });

  it("do not come from names that every object has", async () => {
    const file = [
      "[__proto__]",
      lines("a"),
      "[work]",
      `__proto__ = ${secrets.a}`,
      "__proto__[] = 1",
      "constructor = 1",
      lines("b"),
      "[constructor]",
      lines("c"),
      "[work.__proto__]",
      "polluted = yes",
    ].join("\n");
    const { sources, problems } = await find({ file });
    assert.deepEqual(
      { sources, problems, polluted: "polluted" in {} },
      {
        sources: [source("[work]", "b"), source("[constructor]", "c")],
        problems: [],
        polluted: false,
      },
    );
  });

  const hostile: Readonly<Record<string, string>> = {
    "a section named as a setting was": `work = 1\n[work]\n${lines("a")}`,
    "lists where texts belong":
      "[work]\nncloud_access_key_id[] = a\nncloud_secret_access_key[] = b",
    "JSON in quotes": `[work]\nncloud_access_key_id = '{"a":1}'\nncloud_secret_access_key = '[]'`,
    "a million brackets": "[".repeat(1_000_000),
    "a line of a megabyte": `ncloud_access = ${"x".repeat(1_000_000)}`,
    "a section name with thousands of dots": `[${"a.".repeat(5000)}b]\nx = 1`,
    "nothing but control characters": "\0\x01\x02\x1b[31m\n".repeat(100),
  };
  for (const [form, file] of Object.entries(hostile)) {
    it(`are none of a file with ${form}`, async () => {
      assert.deepEqual(await find({ file }), { sources: [], problems: [], read: [configurePath] });
    });
  }
});
