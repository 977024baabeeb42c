import ts from "typescript";
import { isTranslation } from "./localisedTexts.ts";
import { nodesOf } from "./sources.ts";

/**
 * Finds texts that a person would read and that are not translated. Three things give one away:
 *
 * - it has words: two of them with a space between, one with a capital, or one without case, as in
 *   Korean;
 * - it has a letter and becomes what is shown: a property, a variable or an assignment of one of
 *   `shownNames`, or an argument of one of `shownCalls`;
 * - it has a letter and a function that says nothing of its result, or that it is a `string`,
 *   returns it.
 *
 * What a program compares, imports or looks up is not shown. A single word in lower case that takes
 * another way to the screen is not found.
 */
export interface RawText {
  readonly node: ts.Node;
  /** The text; `{}` stands for each value in a template. */
  readonly text: string;
}

const shownNames = new Set([
  "alt",
  "description",
  "detail",
  "label",
  "message",
  "openLabel",
  "placeHolder",
  "placeholder",
  "prompt",
  "saveLabel",
  "spokenKind",
  "text",
  "title",
  "tooltip",
  "validationMessage",
]);

const shownCalls = new Set([
  "MarkdownString",
  "TreeItem",
  "appendMarkdown",
  "appendText",
  "setStatusBarMessage",
  "showErrorMessage",
  "showInformationMessage",
  "showWarningMessage",
]);

type TextNode = ts.StringLiteral | ts.NoSubstitutionTemplateLiteral | ts.TemplateExpression;

export function rawTextsIn(file: ts.SourceFile): readonly RawText[] {
  return nodesOf(file)
    .filter(isTextNode)
    .filter((node) => !isForTheProgram(node))
    .map((node) => ({ node, text: textOf(node) }))
    .filter(({ node, text }) => hasWords(text) || (hasLetter(text) && isShown(node)));
}

function isTextNode(node: ts.Node): node is TextNode {
  return ts.isStringLiteralLike(node) || ts.isTemplateExpression(node);
}

function textOf(node: TextNode): string {
  if (!ts.isTemplateExpression(node)) return node.text;
  return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join("{}");
}

/** An icon of the editor in a label, such as `$(check)`, is not read. */
function readable(text: string): string {
  return text.replace(/\$\([a-z0-9~-]*\)/g, "");
}

function hasLetter(text: string): boolean {
  return /\p{L}/u.test(readable(text));
}

function hasWords(text: string): boolean {
  const shown = readable(text);
  if (/(?<!\p{L})\p{Lu}\p{Ll}|\p{Lo}/u.test(shown)) return true;
  return (
    hasLetter(text) && shown.split(/\s+/).filter((word) => /\p{L}|\{\}/u.test(word)).length > 1
  );
}

const comparisons = new Set([
  ts.SyntaxKind.EqualsEqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
]);

function isForTheProgram(node: TextNode): boolean {
  const { parent } = node;
  if (isTranslation(parent)) return parent.arguments[0] === node;
  if (ts.isBinaryExpression(parent)) return comparisons.has(parent.operatorToken.kind);
  return (
    ts.isImportDeclaration(parent) ||
    ts.isExportDeclaration(parent) ||
    ts.isLiteralTypeNode(parent) ||
    ts.isCaseClause(parent) ||
    ts.isElementAccessExpression(parent) ||
    (ts.isCallExpression(parent) && parent.expression.kind === ts.SyntaxKind.ImportKeyword) ||
    (ts.isPropertyAssignment(parent) && parent.name === node)
  );
}

function isShown(node: ts.Node): boolean {
  const { parent } = node;
  if (isPartOfItsParent(node)) return isShown(parent);
  if (ts.isPropertyAssignment(parent) || ts.isVariableDeclaration(parent)) {
    return shownNames.has(parent.name.getText());
  }
  if (ts.isBinaryExpression(parent)) return shownNames.has(lastName(parent.left));
  if (ts.isCallExpression(parent) || ts.isNewExpression(parent)) {
    return shownCalls.has(lastName(parent.expression));
  }
  return ts.isReturnStatement(parent) || ts.isArrowFunction(parent) ? givesText(parent) : false;
}

const joining = new Set([
  ts.SyntaxKind.PlusToken,
  ts.SyntaxKind.QuestionQuestionToken,
  ts.SyntaxKind.BarBarToken,
  ts.SyntaxKind.AmpersandAmpersandToken,
]);

/** Whether the parent's value is made of this one: a branch, a side, a piece, an item. */
function isPartOfItsParent(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isConditionalExpression(parent)) return parent.condition !== node;
  if (ts.isBinaryExpression(parent)) return joining.has(parent.operatorToken.kind);
  if (ts.isCallExpression(parent)) return parent.expression === node;
  return (
    ts.isParenthesizedExpression(parent) ||
    ts.isAsExpression(parent) ||
    ts.isSatisfiesExpression(parent) ||
    ts.isTemplateSpan(parent) ||
    ts.isTemplateExpression(parent) ||
    ts.isArrayLiteralExpression(parent) ||
    ts.isSpreadElement(parent) ||
    ts.isPropertyAccessExpression(parent)
  );
}

/** `b` of `a.b`, of `new b()` and of `b`. */
function lastName(node: ts.Node): string {
  return (ts.isPropertyAccessExpression(node) ? node.name : node).getText();
}

function givesText(node: ts.Node): boolean {
  const inner = ts.findAncestor(node, ts.isFunctionLike);
  if (!inner?.type) return true;
  return nodesOf(inner.type).some(({ kind }) => kind === ts.SyntaxKind.StringKeyword);
}
