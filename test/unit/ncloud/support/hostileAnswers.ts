import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { documentedShapes } from "./documentedShapes.ts";
import { type ScriptedAnswer } from "./fakeTransport.ts";

/** Any characters, lone surrogates among them. */
export const anyText = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string(),
  fc
    .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 8 })
    .map((units) => String.fromCharCode(...units)),
);

const anyCode = fc.oneof(
  fc.constantFrom("200", 200, "210", 210, "230", "300", "410", "9012", 9012, "constructor"),
  fc.jsonValue(),
);
const anyWords = fc.oneof(
  fc.constantFrom("A subscription to the API is required.", "tenant not found", "Denied"),
  fc.jsonValue(),
);
const anyComplaint = fc.record(
  { errorCode: anyCode, code: anyCode, message: anyWords, details: anyWords },
  { requiredKeys: [] },
);

/** JSON with what NCP puts in its errors in unlikely places. */
const anyJson = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }),
  anyComplaint,
  fc.record({ error: fc.oneof(anyComplaint, anyWords) }),
  fc.record({
    responseError: fc.oneof(
      fc.record({ returnCode: anyCode, returnMessage: anyWords }),
      fc.jsonValue(),
    ),
  }),
  fc.constantFrom(...documentedShapes).map((shape) => shape.body(2)),
  fc.constant({ error: { errorCode: "200", message: "Authentication Failed" } }),
);

const anyBody = fc.oneof(
  anyJson.map((json) => JSON.stringify(json)),
  anyText,
  fc
    .tuple(anyCode, anyText)
    .map(
      ([code, text]) =>
        `<error><errorCode>${JSON.stringify(code)}</errorCode><message>${text}</message></error>`,
    ),
  fc.constantFrom("", "[", "[".repeat(100_000), `"${"x".repeat(100_000)}"`, "<html></html>"),
);

export const anyTime = fc.oneof(
  anyText,
  fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
  fc.nat().map(String),
  fc.constantFrom("", "-1", "1e9", "9".repeat(30), "Infinity", "NaN"),
);

/** Any answer that a transport could hand over. */
export const anyAnswer: fc.Arbitrary<
  Required<Pick<ScriptedAnswer, "status" | "headers" | "text">>
> = fc.record({
  status: fc.oneof(
    fc.constantFrom(200, 401),
    fc.constantFrom(200, 201, 204, 400, 401, 403, 404, 407, 408, 409, 429, 500, 502, 503, 504),
    fc.integer({ min: 100, max: 999 }),
  ),
  headers: fc.record(
    {
      date: anyTime,
      "retry-after": anyTime,
      "x-ncp-trace-id": anyText,
      "x-ncp-request-id": anyText,
    },
    { requiredKeys: [] },
  ),
  text: anyBody,
});

const anyHeaderLine = fc.oneof(
  fc.constantFrom(
    "content-encoding: gzip",
    "content-encoding: br",
    "content-encoding: deflate",
    "transfer-encoding: chunked",
    "content-length: 5",
    "content-length: 99999999999",
    "content-length: -1",
    "connection: close",
    "location: http://127.0.0.1:9/",
    "x-ncp-trace-id: abc",
  ),
  fc.tuple(fc.string(), anyText).map(([name, value]) => `${name}: ${value}`),
);

const anyBodyBytes = fc.oneof(
  fc.uint8Array({ maxLength: 300 }),
  anyBody.map((text) => Buffer.from(text.slice(0, 1000))),
  anyJson.map((json) => gzipSync(JSON.stringify(json))),
  anyJson.map((json) => {
    const text = Buffer.from(JSON.stringify(json));
    return Buffer.concat([
      Buffer.from(`${text.length.toString(16)}\r\n`),
      text,
      Buffer.from("\r\n0\r\n\r\n"),
    ]);
  }),
);

/** Any bytes a server could send, most of which begin like an answer. */
export const anyBytes: fc.Arbitrary<Uint8Array> = fc.oneof(
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 300 }) },
  {
    weight: 6,
    arbitrary: fc
      .tuple(
        fc.oneof(fc.constantFrom(200, 200, 200, 100, 101, 204, 302, 304, 401), fc.nat(999)),
        fc.array(anyHeaderLine, { maxLength: 3 }),
        anyBodyBytes,
      )
      .map(([status, lines, body]) => {
        const head = [`HTTP/1.1 ${status} Status`, ...lines].join("\r\n");
        return Buffer.concat([Buffer.from(`${head}\r\n\r\n`), body]);
      }),
  },
);

/** JSON text of anything that ought not to stand where it stands. */
export const anyJunk: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    "null",
    "true",
    "false",
    '""',
    '"x"',
    '"\\ud800"',
    '"\\u0000"',
    `"${"x".repeat(100_000)}"`,
    "0",
    "-0",
    "-1",
    "1.5",
    "1e308",
    "1e999",
    "9007199254740991",
    "9007199254740992",
    "[]",
    "[null]",
    "{}",
    '{"length":1}',
    `${"[".repeat(1000)}${"]".repeat(1000)}`,
  ),
  fc.jsonValue().map((json) => JSON.stringify(json)),
);

export const anyId: fc.Arbitrary<string> = fc.oneof(
  anyText,
  fc.constantFrom("", ".", "..", "...", "%2e", "%2e%2e", "/", "\\", "?", "#", "a/../b"),
);
