/**
 * The part of a DOM element that the page object reads. The compiler knows no DOM here: these tests
 * run in Node.js, and only the functions handed to Playwright's `evaluate` see a page.
 */
export interface PageElement {
  readonly textContent: string | null;
  readonly classList: { contains(name: string): boolean };
  readonly scrollWidth: number;
  readonly clientWidth: number;
  readonly scrollHeight: number;
  readonly clientHeight: number;
  readonly parentElement: PageElement | null;
  readonly ownerDocument: {
    readonly defaultView: {
      getComputedStyle(element: PageElement): { readonly overflowX: string };
    };
  };
  getBoundingClientRect(): { readonly right: number };
  closest(selector: string): PageElement | null;
  getAttribute(name: string): string | null;
  querySelector(selector: string): PageElement | null;
  querySelectorAll(selector: string): Iterable<PageElement>;
}
