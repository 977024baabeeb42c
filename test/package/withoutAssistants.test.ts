import assert from "node:assert/strict";
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { makeTempFolder } from "../support/leftovers.ts";

const dist = fileURLToPath(new URL("../../../dist", import.meta.url));
const forAssistants = /^(lm|LanguageModel\w+)$/;

type Parts = Readonly<Record<string, unknown>>;

/** What can be read, called, made or extended, and says nothing, but for the parts it is given. */
function anythingWith(parts: Parts): unknown {
  const target = function () {
    // Something to call.
  };
  const anything: unknown = new Proxy(target, {
    get: (_, name) => {
      if (name === Symbol.toPrimitive) return () => "";
      if (typeof name === "symbol" || name === "then") return undefined;
      return Object.hasOwn(parts, name) ? parts[name] : anythingWith({});
    },
    apply: () => anything,
    construct: () => anythingWith({}) as object,
  });
  return anything;
}

/** The names that the bundles need an editor to have: one that is missing fails them all. */
function importedNames(): readonly string[] {
  const bundles = readdirSync(dist, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".js"))
    .map((name) => readFileSync(join(dist, name), "utf8"));
  const imports = bundles.flatMap((text) => [...text.matchAll(/import\{([^}]+)\}from"vscode"/g)]);
  const names = imports.flatMap(([, list = ""]) => list.split(","));
  return [...new Set(names.map((name) => name.split(" as ")[0]!.trim()))];
}

/** Starts the built extension in an editor that has of the names for assistants these only. */
async function start(own: Parts): Promise<{
  readonly commands: ReadonlyMap<string, () => Promise<void>>;
  readonly logShown: () => number;
}> {
  const commands = new Map<string, () => Promise<void>>();
  let shown = 0;
  let isStarting = true;
  const editor: Parts = {
    commands: anythingWith({
      registerCommand: (id: string, run: () => Promise<void>) => commands.set(id, run),
    }),
    window: anythingWith({ createOutputChannel: () => anythingWith({ show: () => shown++ }) }),
    workspace: anythingWith({
      getConfiguration: () => {
        // The editor would put all settings together for it.
        if (isStarting) throw new Error("A setting is read at the start.");
        return anythingWith({});
      },
    }),
    ...own,
  };
  const folder = makeTempFolder("ncloud-keys-editor-");
  try {
    cpSync(dist, join(folder.path, "dist"), { recursive: true });
    const place = join(folder.path, "node_modules", "vscode");
    mkdirSync(place, { recursive: true });
    const manifest = JSON.stringify({ type: "module", exports: "./index.js" });
    for (const path of [folder.path, place]) writeFileSync(join(path, "package.json"), manifest);
    const names = importedNames().filter((name) => !forAssistants.test(name));
    const all = [...new Set([...names, ...Object.keys(own)])];
    Object.assign(globalThis, { editorOfThisTest: anythingWith(editor) });
    const module = `export const { ${all.join(", ")} } = globalThis.editorOfThisTest;\n`;
    writeFileSync(join(place, "index.js"), module);
    const url = pathToFileURL(join(folder.path, "dist", "extension.js")).href;
    const extension = (await import(url)) as { activate(context: unknown): void };
    extension.activate(anythingWith({ subscriptions: [] }));
    isStarting = false;
    // What a command needs is loaded when it is run, and has to find its place.
    await commands.get("ncloudKeys.showLog")?.();
  } finally {
    folder.remove();
  }
  return {
    commands,
    logShown: () => shown,
  };
}

describe("The built extension", () => {
  const manifest = JSON.parse(readFileSync(join(dist, "..", "package.json"), "utf8")) as {
    contributes: { commands: { command: string }[]; languageModelTools: { name: string }[] };
  };
  const wanted = {
    commands: manifest.contributes.commands.map(({ command }) => command).sort(),
    logShown: 1,
  };

  const without: Readonly<Record<string, Parts>> = {
    "that knows no assistants": {},
    "whose assistants take no tools": { lm: {} },
  };
  for (const [which, own] of Object.entries(without)) {
    it(`starts and works in an editor ${which}`, async () => {
      const { commands, logShown } = await start(own);
      assert.deepEqual({ commands: [...commands.keys()].sort(), logShown: logShown() }, wanted);
    });
  }

  it("offers its tools where there are assistants", async () => {
    const tools = new Set<string>();
    await start({ lm: { registerTool: (name: string) => tools.add(name) } });
    assert.deepEqual(
      [...tools].sort(),
      manifest.contributes.languageModelTools.map(({ name }) => name).sort(),
    );
  });
});
