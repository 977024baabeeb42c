import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

/** The tests run from `out/`; the sources and the translations are the repository's own. */
const root = fileURLToPath(new URL("../../../..", import.meta.url));

export function readText(path: string): string {
  return readFileSync(join(root, path), "utf8");
}

export function parse(path: string, text: string): ts.SourceFile {
  return ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
}

/** Every source file, by its path from the root with forward slashes. */
export function readSources(): readonly ts.SourceFile[] {
  return readdirSync(join(root, "src"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll(sep, "/"))
    .sort()
    .map((path) => parse(path, readText(path)));
}

/** A flat JSON object as its pairs, so that a key that is there twice is seen twice. */
export function readPairs(path: string): readonly (readonly [key: string, value: string])[] {
  const [statement] = ts.parseJsonText(path, readText(path)).statements;
  const object = statement?.expression;
  if (!object || !ts.isObjectLiteralExpression(object)) throw new Error(`${path} has no object`);
  return object.properties.map((property) => {
    if (
      !ts.isPropertyAssignment(property) ||
      !ts.isStringLiteral(property.name) ||
      !ts.isStringLiteral(property.initializer)
    ) {
      throw new Error(`${path} has more than texts: ${property.getText()}`);
    }
    return [property.name.text, property.initializer.text];
  });
}

/** A node and all that is in it. */
export function nodesOf(node: ts.Node): readonly ts.Node[] {
  const nodes: ts.Node[] = [];
  const visit = (inner: ts.Node): void => {
    nodes.push(inner);
    inner.forEachChild(visit);
  };
  visit(node);
  return nodes;
}

/** Where something stands, with what is there, for the message of a failed test. */
export function place(node: ts.Node): string {
  const file = node.getSourceFile();
  const { line } = file.getLineAndCharacterOfPosition(node.getStart());
  return `${file.fileName}:${line + 1} ${node.getText()}`;
}

/** The numbers of the placeholders in a text, sorted, each once. */
export function placeholdersOf(text: string): readonly string[] {
  return [...new Set(text.match(/\{\d+\}/g))].sort();
}
