import assert from "node:assert/strict";
import { Ajv } from "ajv";
import { NcloudError } from "../../../src/ncloud/ncloudError.ts";
import { csvReport } from "../../../src/report/csvReport.ts";
import type { AccountReport, InventoryReport } from "../../../src/report/inventoryReport.ts";
import { jsonReport } from "../../../src/report/jsonReport.ts";
import { markdownReport, markdownText } from "../../../src/report/markdownReport.ts";
import { accountColumns, keyColumns } from "../../../src/report/reportTable.ts";
import { readText } from "../localisation/sources.ts";
import { accessKeyRecord, apiKeyRecord, authKeyRecord, kim } from "../support/keyRecords.ts";
import { markdownWords } from "../support/markdownWords.ts";

const lee = { subAccountId: "lee", subAccount: undefined };

const work: AccountReport = {
  label: "work",
  zone: { kind: "public" },
  records: [
    authKeyRecord("laptop", "id_ed25519.pub"),
    apiKeyRecord("training", { modifiedAt: Date.UTC(2026, 1, 3), description: "for, ML" }),
    { kind: "subAccount", ...kim },
    { kind: "subAccount", ...lee },
    accessKeyRecord("ncp_iam_ABC"),
  ],
  gaps: [
    { place: { kind: "accessKeys", owner: lee }, error: new NcloudError("noPermission") },
    { place: { kind: "authKeys" }, error: { kind: "needsApiKey" } },
  ],
};
const lost: AccountReport = {
  label: "home",
  zone: undefined,
  records: [],
  gaps: [{ place: { kind: "account" }, error: { kind: "credentials" } }],
};
const report: InventoryReport = {
  generatedAt: Date.UTC(2026, 10, 25, 16),
  accounts: [work, lost],
};

const columns = [...accountColumns, ...keyColumns];
const textOfCsv = (of: InventoryReport) => [...csvReport(of)].join("");
const textOfJson = (of: InventoryReport) => [...jsonReport(of)].join("");

function namedReport(name: string): InventoryReport {
  return { ...report, accounts: [{ ...work, records: [apiKeyRecord(name)], gaps: [] }] };
}

describe("an inventory as CSV", () => {
  it("has a line for each key and each part that is missing", () => {
    assert.deepEqual(textOfCsv(report).split("\r\n"), [
      columns.join(","),
      "work,public,authKey,laptop,0a1b2c3d4e5f60718293a4b5c6d7e8f9,,2024-09-03 09:36:40,,," +
        "0a:1b:2c:3d:4e:5f:60:71:82:93:a4:b5:c6:d7:e8:f9," +
        "SHA256:HiThErE0123456789abcdefghijklmnopqrstuvwxyzA,id_ed25519.pub,,,",
      'work,public,apiKey,id-of-training,training,enabled,,2026-02-03T00:00:00.000Z,"for, ML",,,,,,',
      "work,public,subAccount,0c1f-kim,김민수,active,,,,,,,kim.minsu,,allowed",
      "work,public,subAccount,lee,,,,,,,,,,,",
      "work,public,accessKey,ncp_iam_ABC,,active,2025-01-02T00:00:00.000Z,,,,,,kim.minsu,0c1f-kim,",
      "work,public,notRead,,accessKeys,noPermission,,,,,,,,lee,",
      "work,public,notRead,,authKeys,needsApiKey,,,,,,,,,",
      "home,,notRead,,account,credentials,,,,,,,,,",
      "",
    ]);
  });

  it("gives a spreadsheet no formula", () => {
    const names = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "1=1", "'=1"];
    const cells = names.map((name) => parseCsv(textOfCsv(namedReport(name)))[1]?.[4]);
    assert.deepEqual(cells, [
      "'=1+1",
      "'+1",
      "'-1",
      "'@SUM(A1)",
      "'\t=1",
      "'\r=1",
      "'\n=1",
      "'＝1",
      "1=1",
      "'=1",
    ]);
  });

  it("is read back as it was written, whatever is in a name", () => {
    const names = ['a "quoted" one', "a,b", "two\r\nlines", '",=1,"', "한글", " spaces "];
    assert.deepEqual(
      names.map((name) => parseCsv(textOfCsv(namedReport(name))).map((cells) => cells.length)),
      names.map(() => [columns.length, columns.length]),
    );
    assert.deepEqual(
      names.map((name) => parseCsv(textOfCsv(namedReport(name)))[1]?.[4]),
      names,
    );
  });
});

describe("an inventory as JSON", () => {
  const schema = JSON.parse(readText("media/inventory.schema.json")) as object;
  const validate = new Ajv({ allErrors: true }).compile(schema);

  it("is as its schema says", () => {
    const document = JSON.parse(textOfJson(report)) as unknown;
    validate(document);
    assert.deepEqual(validate.errors ?? [], []);
  });

  it("is indented as the whole would be", () => {
    const odd = namedReport('a "quoted"\nname \u2028 {[\n]}');
    const reports = [report, odd, { ...report, accounts: [] }];
    assert.deepEqual(
      reports.map(textOfJson),
      reports.map((one) => `${JSON.stringify(JSON.parse(textOfJson(one)), undefined, 2)}\n`),
    );
  });

  it("puts access keys under their sub account and says what is missing", () => {
    const { accounts } = JSON.parse(textOfJson(report)) as {
      accounts: Record<string, unknown>[];
    };
    assert.deepEqual(
      accounts.map(({ complete, notRead, subAccounts }) => ({ complete, notRead, subAccounts })),
      [
        {
          complete: false,
          notRead: [
            { part: "accessKeys", subAccountId: "lee", reason: "noPermission" },
            { part: "authKeys", reason: "needsApiKey" },
          ],
          subAccounts: [
            {
              subAccountId: "0c1f-kim",
              loginId: "kim.minsu",
              name: "김민수",
              active: true,
              apiAccess: true,
              accessKeys: [
                {
                  accessKeyId: "ncp_iam_ABC",
                  active: true,
                  createdAt: "2025-01-02T00:00:00.000Z",
                },
              ],
            },
            { subAccountId: "lee", accessKeys: [] },
          ],
        },
        { complete: false, notRead: [{ part: "account", reason: "credentials" }], subAccounts: [] },
      ],
    );
  });
});

describe("an inventory as Markdown", () => {
  it("has a table for each kind of key", () => {
    const lines = [...markdownReport(report, markdownWords)].join("").split("\n");
    assert.deepEqual(
      lines.filter((line) => /^#|ncp_iam|training|laptop|lee|Login|^- /.test(line)),
      [
        "# Inventory",
        "## work (public)",
        "### Missing",
        "- accessKeys: noPermission",
        "- authKeys: needsApiKey",
        "### Auth (1)",
        "| laptop | 0a:1b:2c:3d:4e:5f:60:71:82:93:a4:b5:c6:d7:e8:f9 " +
          "| SHA256:HiThErE0123456789abcdefghijklmnopqrstuvwxyzA | 2024-09-03 09:36:40 | id_ed25519.pub |",
        "### API (1)",
        "| training | id-of-training | on | 2026-02-03T00:00:00.000Z | for, ML |",
        "### Sub (2)",
        "| Login | Name | Sub ID | API | Key | State | Created |",
        "| kim.minsu | 김민수 | 0c1f-kim | may | ncp_iam_ABC | active | 2025-01-02T00:00:00.000Z |",
        "| lee |  | lee |  |  |  |  |",
        "## home",
        "### Missing",
        "- account: credentials",
        "### Auth (0)",
        "### API (0)",
        "### Sub (0)",
      ],
    );
  });

  it("takes every value for text", () => {
    assert.deepEqual(
      {
        cell: markdownText("a | b\nc"),
        html: markdownText("<img src=x>"),
        link: markdownText("[x](command:y)"),
        address: markdownText("https://evil.example www.evil.example a@b.c"),
        emphasis: markdownText("*a* _b_ ncp_iam_X"),
        hidden: markdownText("a\u202eb"),
      },
      {
        cell: "a \\| b c",
        html: "\\<img src=x\\>",
        link: "\\[x\\](command:y)",
        address: "https\\://evil.example www\\.evil.example a\\@b.c",
        emphasis: "\\*a\\* \\_b\\_ ncp_iam_X",
        hidden: "au\\{202e\\}b",
      },
    );
  });
});

/** Reads CSV as RFC 4180 has it. */
function parseCsv(text: string): readonly (readonly string[])[] {
  const records: string[][] = [[]];
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy;
  for (let match = field.exec(text); match; match = field.exec(text)) {
    records.at(-1)!.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? "");
    if (match[3] === "\r\n") records.push([]);
  }
  return records.slice(0, -1);
}
