import ts from "typescript";
import { nodesOf } from "./sources.ts";

/** `l10n.t(…)`, which is the only way a text is translated. */
export function isTranslation(node: ts.Node): node is ts.CallExpression {
  return ts.isCallExpression(node) && isTranslator(node.expression);
}

function isTranslator(node: ts.Node): boolean {
  return (
    ts.isPropertyAccessExpression(node) &&
    node.name.text === "t" &&
    ts.isIdentifier(node.expression) &&
    node.expression.text === "l10n"
  );
}

export function translationsIn(file: ts.SourceFile): readonly ts.CallExpression[] {
  return nodesOf(file).filter(isTranslation);
}

/** The English text of a translation; undefined when it is not written out where it is used. */
export function englishOf({ arguments: [text] }: ts.CallExpression): string | undefined {
  return text && ts.isStringLiteral(text) ? text.text : undefined;
}

/** Uses of `l10n` under another name or in another way, whose texts would not be seen. */
export function hiddenTranslationsIn(file: ts.SourceFile): readonly ts.Node[] {
  return nodesOf(file).filter((node) => {
    if (!ts.isIdentifier(node) || node.text !== "l10n") return false;
    const { parent } = node;
    if (ts.isImportSpecifier(parent)) return parent.name !== node;
    return !(isTranslator(parent) && isTranslation(parent.parent));
  });
}
