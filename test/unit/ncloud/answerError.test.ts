import assert from "node:assert/strict";
import { createAuthKey } from "../../../src/ncloud/nsml.ts";
import { type ScriptedAnswer, answering } from "./support/fakeTransport.ts";
import { clientOn, never, outcomeOf } from "./support/observed.ts";

/** How a write ends that is answered so: writes are never repeated, and take any success. */
function failureOf(answer: ScriptedAnswer): Promise<Record<string, unknown>> {
  const { client } = clientOn(answering(answer));
  return outcomeOf(createAuthKey(client, { title: "a", key: "b" }, never()));
}

async function kindsOf(answers: Readonly<Record<string, ScriptedAnswer>>): Promise<unknown> {
  const kinds: Record<string, unknown> = {};
  for (const [name, answer] of Object.entries(answers)) {
    kinds[name] = (await failureOf(answer))["kind"] ?? "success";
  }
  return kinds;
}

/** The same complaint in each of the shapes that NCP is known to use. */
function inEveryShape(code: number, message: string): Record<string, Partial<ScriptedAnswer>> {
  return {
    "nested, code as text": { json: { error: { errorCode: String(code), message } } },
    "nested, code as number": { json: { error: { errorCode: code, message } } },
    "nested, words in the details": {
      json: { error: { errorCode: String(code), message: "Refused", details: message } },
    },
    "nested, short names": { json: { error: { code, message } } },
    "at the top": { json: { errorCode: code, message } },
    responseError: {
      json: { responseError: { returnCode: String(code), returnMessage: message } },
    },
    "error as text beside a code": { json: { errorCode: code, error: message } },
    XML: {
      text: `<?xml version="1.0"?>\n<error><errorCode>${code}</errorCode><message>${message}</message></error>`,
    },
    "XML of old": {
      text: `<responseError><returnCode>${code}</returnCode><returnMessage>${message}</returnMessage></responseError>`,
    },
  };
}

const tried = { shapes: 0, refusals: 0 };

async function kindsInEveryShape(status: number, code: number, message: string): Promise<unknown> {
  const shapes = Object.entries(inEveryShape(code, message));
  tried.shapes = shapes.length;
  tried.refusals++;
  const answers = shapes.map(([name, answer]) => [name, { status, ...answer }] as const);
  const kinds = (await kindsOf(Object.fromEntries(answers))) as Record<string, unknown>;
  return [...new Set(Object.values(kinds))];
}

describe("a refusal", () => {
  after(() => console.log(`      ${tried.shapes} body shapes × ${tried.refusals} refusals`));

  it("is of the same kind in every shape of its body", async () => {
    assert.deepEqual(
      {
        wrongKey: await kindsInEveryShape(401, 200, "Authentication Failed"),
        noPermission: await kindsInEveryShape(401, 210, "Permission Denied"),
        notSubscribed: await kindsInEveryShape(401, 210, "A subscription to the API is required."),
        forbidden: await kindsInEveryShape(403, 230, "Forbidden"),
        notFound: await kindsInEveryShape(404, 300, "Not Found Exception"),
        noTenant: await kindsInEveryShape(404, 300, "tenant not found"),
        tooManyKeys: await kindsInEveryShape(409, 9012, "The maximum is reached."),
        badRequest: await kindsInEveryShape(400, 100, "Bad Request Exception"),
        fault: await kindsInEveryShape(500, 900, "Unexpected Error"),
      },
      {
        wrongKey: ["wrongCredentials"],
        noPermission: ["noPermission"],
        notSubscribed: ["notSubscribed"],
        forbidden: ["noPermission"],
        notFound: ["notFound"],
        noTenant: ["notSubscribed"],
        tooManyKeys: ["limitReached"],
        badRequest: ["badRequest"],
        fault: ["server"],
      },
    );
  });

  it("inside an answer of success is a failure by its code", async () => {
    assert.deepEqual(
      {
        wrongKey: await kindsInEveryShape(200, 200, "Authentication Failed"),
        noPermission: await kindsInEveryShape(200, 210, "Permission Denied"),
        notSubscribed: await kindsInEveryShape(201, 210, "A subscription to the API is required."),
        forbidden: await kindsInEveryShape(200, 230, "Forbidden"),
        notFound: await kindsInEveryShape(200, 300, "Not Found Exception"),
        noTenant: await kindsInEveryShape(200, 300, "Tenant not found."),
        tooManyKeys: await kindsInEveryShape(200, 9012, "The maximum is reached."),
        tooOften: await kindsInEveryShape(200, 410, "Throttled"),
        badRequest: await kindsInEveryShape(200, 100, "Bad Request Exception"),
        fault: await kindsInEveryShape(200, 500, "Endpoint Error"),
        unknown: await kindsInEveryShape(200, 31337, "?"),
      },
      {
        wrongKey: ["wrongCredentials"],
        noPermission: ["noPermission"],
        notSubscribed: ["notSubscribed"],
        forbidden: ["noPermission"],
        notFound: ["notFound"],
        noTenant: ["notSubscribed"],
        tooManyKeys: ["limitReached"],
        tooOften: ["limitReached"],
        badRequest: ["badRequest"],
        fault: ["server"],
        unknown: ["server"],
      },
    );
  });

  it("without a body that can be read is of the kind of its status", async () => {
    const bodies: Partial<ScriptedAnswer>[] = [
      { text: "" },
      { text: "<html><body><h1>401 Authorization Required</h1></body></html>" },
      { text: "Authentication Failed" },
      { json: "Authentication Failed" },
      { json: null },
      { json: [{ error: { errorCode: "200" } }] },
      { json: { error: null } },
      { json: { message: "Authentication Failed" } },
      { text: '{"error":{"errorCode":"200"' },
    ];
    const kinds: Record<number, unknown> = {};
    for (const status of [300, 304, 400, 401, 403, 404, 407, 408, 409, 413, 429, 500, 502, 504]) {
      const found = new Set<unknown>();
      for (const body of bodies) found.add((await failureOf({ status, ...body }))["kind"]);
      kinds[status] = [...found].join();
    }
    assert.deepEqual(kinds, {
      300: "badAnswer",
      304: "badAnswer",
      400: "badRequest",
      401: "noPermission",
      403: "noPermission",
      404: "notFound",
      407: "proxy",
      408: "timeout",
      409: "badRequest",
      413: "badRequest",
      429: "limitReached",
      500: "server",
      502: "server",
      504: "server",
    });
  });

  it("blames the key only when the server does so with its code", async () => {
    const answers: Record<string, ScriptedAnswer> = {
      "its code": { status: 401, json: { error: { errorCode: "200" } } },
      "its code, forbidden": { status: 403, json: { error: { errorCode: "200" } } },
      "another code": { status: 401, json: { error: { errorCode: "210" } } },
      "no code": { status: 401, json: { error: { message: "Authentication Failed" } } },
      "only words": { status: 401, json: { error: "Invalid access key" } },
      "a code like it": { status: 401, json: { error: { errorCode: "2000" } } },
      "another status": { status: 400, json: { error: { errorCode: "200" } } },
      "a fault": { status: 500, json: { error: { errorCode: "200" } } },
    };
    assert.deepEqual(await kindsOf(answers), {
      "its code": "wrongCredentials",
      "its code, forbidden": "wrongCredentials",
      "another code": "noPermission",
      "no code": "noPermission",
      "only words": "noPermission",
      "a code like it": "noPermission",
      "another status": "badRequest",
      "a fault": "server",
    });
  });

  it("in words nobody knows means that permission is missing", async () => {
    const refused = (message: unknown, details?: unknown): ScriptedAnswer => ({
      status: 401,
      json: { error: { errorCode: "210", message, details } },
    });
    const answers: Record<string, ScriptedAnswer> = {
      "the gateway's": refused("Permission Denied"),
      "not yet heard": refused("구독이 필요합니다."),
      "none at all": refused(undefined),
      "no text": refused({ subscription: true }, 7),
      "a longer word": refused("Unsubscribed"),
      subscription: refused("A subscription to the API is required."),
      "in the details": refused("Permission Denied", "A SUBSCRIPTION to the API is required."),
      subscribe: refused("You must subscribe to the product."),
    };
    assert.deepEqual(await kindsOf(answers), {
      "the gateway's": "noPermission",
      "not yet heard": "noPermission",
      "none at all": "noPermission",
      "no text": "noPermission",
      "a longer word": "noPermission",
      subscription: "notSubscribed",
      "in the details": "notSubscribed",
      subscribe: "notSubscribed",
    });
  });

  it("is not read into what every JavaScript object has", async () => {
    const codes = ["constructor", "toString", "__proto__", "hasOwnProperty"];
    const kinds: unknown[] = [];
    for (const errorCode of codes) {
      kinds.push((await failureOf({ status: 200, json: { error: { errorCode } } }))["kind"]);
    }
    assert.deepEqual(
      kinds,
      codes.map(() => "server"),
    );
  });

  it("is not seen where an answer of success only mentions none", async () => {
    const answers: Record<string, ScriptedAnswer> = {
      "null error": { json: { error: null, keyList: [] } },
      "empty error": { json: { error: "", keyList: [] } },
      "HTML, which no write reads": { text: "<html></html>" },
      "an object": { json: { error: {} } },
      "a text": { json: { error: "Something went wrong" } },
    };
    assert.deepEqual(await kindsOf(answers), {
      "null error": "success",
      "empty error": "success",
      "HTML, which no write reads": "success",
      "an object": "server",
      "a text": "server",
    });
  });
});
