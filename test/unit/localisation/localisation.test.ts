import assert from "node:assert/strict";
import type ts from "typescript";
import { englishOf, hiddenTranslationsIn, translationsIn } from "./localisedTexts.ts";
import { rawTextsIn } from "./rawTexts.ts";
import { place, placeholdersOf, readPairs, readSources, readText } from "./sources.ts";

/** Texts that are the same in every language, each with its reason, by the file they stand in. */
const notTranslated: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "src/commands/uploadChosen.ts": { taken: "a word between functions" },
  "src/extension.ts": { "Ncloud Keys": "the extension's name" },
  "src/ui/accountPrompts.ts": { "2b141960-…": "an example of an ID" },
  "src/ui/exportPrompts.ts": {
    CSV: "the name of a format",
    JSON: "the name of a format",
    Markdown: "the name of a format",
  },
  "src/ui/failureText.ts": {
    "API Gateway": "the name of a service",
    NSML: "the name of a service",
    "Sub Account": "the name of a service",
  },
  "src/ui/plainText.ts": { "\\u{{}}": "the notation of an invisible character" },
  "src/ui/signInPrompts.ts": {
    "https://…": "how an address begins",
    "https://ncp.example.com": "an example of an address",
    "ncp_iam_…": "how an access key ID begins",
  },
  "src/ui/uploadPrompts.ts": {
    "ECDSA {}": "the name of a key type",
    Ed25519: "the name of a key type",
    "RSA {}": "the name of a key type",
    "my-laptop": "an example of a title",
    "ssh-ed25519 AAAA…": "how a public key begins",
  },
};

/** What a person reads of the extension is made here; the log, which is in English, is not. */
const speaks = /^src\/(ui\/(?!log\.ts$)|sidebar\/|commands\/|healthPage\/|extension\.ts$)/;

/** Korean texts without a word of Korean: names that the console itself does not translate. */
const saidInEnglish = [
  "API Key",
  "API Key ID",
  "Access Key",
  "Access Key ID",
  "Primary Key",
  "Secondary Key",
  "Secret Key",
  "Ncloud Keys",
];

/** What stays in Latin letters within a Korean text. */
const names = [
  "API Gateway",
  "API Key ID",
  "API Key",
  "Access Key ID",
  "Access Key",
  "Closed Beta",
  "My Account",
  "Ncloud Keys",
  "Primary Key",
  "SSL VPN",
  "Secondary Key",
  "Secret Key",
  "Sub Account",
  "VS Code",
  "fin-ncloud.com",
  "https://ncp.example.com",
  "my-laptop",
  "ncloud CLI",
  "ssh-keygen -i -m PKCS8 -f FILE",
  "openssh-clients",
  "openssh-client",
  "ssh-keygen",
  "/usr/bin",
  "~/.ssh",
  "AI",
  "/api/v1",
  "/nsml/v1",
  "https://",
  "*.pub",
  ".pub",
  "authorized_keys",
  "API",
  "DSA",
  "Ed25519",
  "FIDO",
  "ID",
  "JSON",
  "KB",
  "MD5",
  "NIST",
  "NSML",
  "OpenSSH Client",
  "OpenSSH",
  "Origin",
  "PATH",
  "Enter",
  "PEM",
  "PuTTY",
  "RFC 4716",
  "RSA",
  "SHA-256",
  "SSH2",
  "SSH",
  "U+",
  "UTF-16",
  "UTF-8",
  "Windows",
  "macOS",
];

const sources = readSources();
const translations = sources.flatMap(translationsIn);
const koreanPairs = readPairs("l10n/bundle.l10n.ko.json");
const manifestEnglish = new Map(readPairs("package.nls.json"));
const manifestKorean = new Map(readPairs("package.nls.ko.json"));
const manifest = readText("package.json");
const manifestKeys = [...manifest.matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key!);
const koreanTexts = [...koreanPairs.map(([, korean]) => korean), ...manifestKorean.values()];

function places(nodes: Iterable<ts.Node>): readonly string[] {
  return [...nodes].map(place);
}

function sorted(texts: Iterable<string>): readonly string[] {
  return [...texts].sort();
}

/** The links of a text to commands, and what it quotes as code. */
function fixedPartsOf(text: string): readonly string[] {
  return sorted(text.match(/\]\([^)]*\)|`[^`]*`/g) ?? []);
}

/** A Korean text without what is not its own: links, placeholders, and names in Latin letters. */
function koreanWordsOf(text: string): string {
  const words = text.replace(/\]\([^)]*\)/g, "]").replace(/\{\d+\}/g, "");
  return names.reduce((rest, name) => rest.replaceAll(name, "·"), words);
}

describe("the texts of the extension", () => {
  it("are translated where they are written out, under no other name", () => {
    const computed = sources
      .flatMap(translationsIn)
      .filter((call) => englishOf(call) === undefined);
    assert.deepEqual(places([...computed, ...sources.flatMap(hiddenTranslationsIn)]), []);
  });

  it("get a value for each of their placeholders, and no other", () => {
    const uneven = translations.filter((call) => {
      const values = call.arguments.slice(1).map((_, index) => `{${index}}`);
      return placeholdersOf(englishOf(call) ?? "").join() !== values.join();
    });
    assert.deepEqual(places(uneven), []);
  });

  it("never go past the translation", () => {
    const raw = sources
      .filter(({ fileName }) => speaks.test(fileName))
      .flatMap((file) =>
        rawTextsIn(file).filter(({ text }) => notTranslated[file.fileName]?.[text] === undefined),
      );
    assert.deepEqual(places(raw.map(({ node }) => node)), []);
  });

  it("leave nothing on the list of what is not translated that is not there any more", () => {
    const there = new Set(
      sources.flatMap((file) => rawTextsIn(file).map(({ text }) => `${file.fileName} ${text}`)),
    );
    const listed = Object.entries(notTranslated).flatMap(([path, texts]) =>
      Object.keys(texts).map((text) => `${path} ${text}`),
    );
    assert.deepEqual(
      listed.filter((entry) => !there.has(entry)),
      [],
    );
  });
});

describe("the Korean bundle", () => {
  it("has every text of the extension, once, and no other", () => {
    const english = new Set(translations.map(englishOf));
    assert.deepEqual(
      sorted(koreanPairs.map(([key]) => key)),
      sorted([...english].filter((text) => text !== undefined)),
    );
  });

  it("keeps the placeholders of each text", () => {
    const changed = koreanPairs.filter(
      ([english, korean]) => placeholdersOf(english).join() !== placeholdersOf(korean).join(),
    );
    assert.deepEqual(changed, []);
  });
});

describe("the texts of the manifest", () => {
  it("have the same keys in both languages", () => {
    assert.deepEqual(sorted(manifestKorean.keys()), sorted(manifestEnglish.keys()));
  });

  it("are those that the manifest asks for", () => {
    assert.deepEqual(sorted(manifestEnglish.keys()), sorted(new Set(manifestKeys)));
  });

  it("have the same links, code and placeholders in both languages", () => {
    const partsOf = (texts: ReadonlyMap<string, string>) =>
      Object.fromEntries(
        [...texts].map(([key, text]) => [key, [...fixedPartsOf(text), ...placeholdersOf(text)]]),
      );
    assert.deepEqual(partsOf(manifestKorean), partsOf(manifestEnglish));
  });

  it("link to commands that there are", () => {
    const links = [...manifestEnglish.values()].flatMap((text) => [
      ...text.matchAll(/\]\(command:([^)]*)\)/g),
    ]);
    // The editor itself makes a command that shows a view.
    const own = ["ncloudKeys.keys.focus"];
    const unknown = links.filter(
      ([, id]) => !own.includes(id!) && !manifest.includes(`"command": "${id!}"`),
    );
    assert.deepEqual(unknown.map(String), []);
  });

  it("are not written into the manifest itself", () => {
    const shown =
      /"(title|name(?!": "ncloudKeys_)|contents|description|markdownDescription|displayName)": "(?!%)/;
    const written = manifest.split("\n").filter((line) => shown.test(line));
    assert.deepEqual(written, ['  "name": "ncloud-keys",']);
  });
});

describe("a Korean text", () => {
  it("is Korean, but for names that the console does not translate", () => {
    const foreign = koreanTexts.filter((text) => !/\p{Script=Hangul}|^[^\p{L}]*$/u.test(text));
    assert.deepEqual(sorted(new Set(foreign)), sorted(saidInEnglish));
  });

  it("has no English in it but names", () => {
    const english = koreanTexts.filter((text) => /[A-Za-z]{2}/.test(koreanWordsOf(text)));
    assert.deepEqual(english, []);
  });

  it("gives each of those names a use", () => {
    const unused = names.filter((name) => !koreanTexts.some((text) => text.includes(name)));
    assert.deepEqual(unused, []);
  });

  it("uses the console's words: 인증키 alone is an access key there, and 재생성 renews a value", () => {
    // An NSML key's own ID is asked for where nothing but NSML is spoken of.
    const isVague = (text: string) =>
      text.replaceAll("인증키 ID", "").includes("인증키") && !/NSML|API 인증키/.test(text);
    assert.deepEqual(
      koreanTexts.filter((text) => isVague(text) || text.includes("재발급")),
      [],
    );
  });

  it("hangs no particle on a placeholder, whose last sound decides which one it would be", () => {
    const particle = /\{\d+\}[”"'’]*(은|는|이|가|을|를|과|와|으로|로|아|야|이나|나)(?![가-힣])/;
    assert.deepEqual(
      koreanTexts.filter((text) => particle.test(text)),
      [],
    );
  });
});
