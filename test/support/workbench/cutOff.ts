import type { Locator } from "playwright-core";
import type { PageElement } from "./pageElement.ts";

/** The texts of those elements of which a person cannot see the end: they reach out of a box that clips. */
export async function cutOff(elements: Locator): Promise<readonly string[]> {
  return await elements.evaluateAll((elements: PageElement[]) => {
    const clips = (box: PageElement) =>
      box.ownerDocument.defaultView.getComputedStyle(box).overflowX !== "visible";
    const isCut = (element: PageElement) => {
      if (clips(element) && element.scrollWidth > element.clientWidth) return true;
      const { right } = element.getBoundingClientRect();
      for (let box = element.parentElement; box; box = box.parentElement) {
        if (clips(box) && right > box.getBoundingClientRect().right + 1) return true;
      }
      return false;
    };
    return elements.filter(isCut).map((element) => element.textContent ?? "");
  });
}
