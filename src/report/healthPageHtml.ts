export interface HealthPageParts {
  readonly language: string;
  readonly title: string;
  /** The addresses of the page's script and of its style sheet. */
  readonly script: string;
  readonly style: string;
  /** New for every page. */
  readonly nonce: string;
}

/**
 * The document of the page of key health, without anything of an account in it. It may run its one
 * script and load its one style sheet; nothing else, from nowhere.
 */
export function healthPageHtml({ language, title, script, style, nonce }: HealthPageParts): string {
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'nonce-${nonce}'`;
  return [
    "<!DOCTYPE html>",
    `<html lang="${escaped(language)}">`,
    "<head>",
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${escaped(policy)}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escaped(title)}</title>`,
    `<link rel="stylesheet" nonce="${escaped(nonce)}" href="${escaped(style)}">`,
    "</head>",
    "<body>",
    `<script type="module" nonce="${escaped(nonce)}" src="${escaped(script)}"></script>`,
    "</body>",
    "</html>",
  ].join("\n");
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
