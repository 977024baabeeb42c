import assert from "node:assert/strict";
import { healthPageHtml } from "../../../src/report/healthPageHtml.ts";

const parts = {
  language: "ko",
  title: "Key Health",
  script: "https://page/main.js",
  style: "https://page/page.css",
  nonce: "n0nce+/=",
};

describe("The document of the page of key health", () => {
  it("allows its one script and its one style sheet, and nothing else", () => {
    const html = healthPageHtml(parts);
    assert.deepEqual(
      {
        policy: /Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1],
        scripts: html.match(/<script[^>]*>/g),
        styles: html.match(/<(link|style)[^>]*>/g),
        inline: /\son\w+=|style=|javascript:/.test(html),
      },
      {
        policy: "default-src 'none'; script-src 'nonce-n0nce+/='; style-src 'nonce-n0nce+/='",
        scripts: ['<script type="module" nonce="n0nce+/=" src="https://page/main.js">'],
        styles: ['<link rel="stylesheet" nonce="n0nce+/=" href="https://page/page.css">'],
        inline: false,
      },
    );
  });

  it("lets no value leave its place", () => {
    const hostile = '"><script>alert(1)</script>';
    const html = healthPageHtml({ ...parts, language: hostile, title: hostile, style: hostile });
    assert.deepEqual(html.match(/<script[^>]*>/g)?.length, 1);
  });
});
