import type { Page } from "playwright-core";

/**
 * Remembers every text and attribute that the page shows from now on, those included that are gone
 * again before anybody looks: messages, hovers, menus, what a screen reader is told.
 */
export async function watchPage(page: Page): Promise<void> {
  await page.evaluate(watch);
}

/** All that the page has shown since it is watched, one text a line. */
export async function everSeen(page: Page): Promise<string> {
  return await page.evaluate<string>("globalThis.everSeen()");
}

/** Everything that the page keeps for this profile: its databases and its storages, decoded. */
export async function storedInPage(page: Page): Promise<string> {
  return await page.evaluate<string>(dump);
}

/** Also looks into shadow roots, where VS Code draws its menus. Styles say nothing and change a lot. */
const watch = `(() => {
  const seen = new Set();
  const add = (text) => { if (text && text.trim() !== "") seen.add(text); };
  const options = { subtree: true, childList: true, characterData: true, attributes: true };
  const scan = (node) => {
    if (node.nodeType === 3) return add(node.data);
    if (node.nodeType === 1) {
      if (["STYLE", "SCRIPT"].includes(node.tagName)) return;
      for (const { name, value } of node.attributes) if (name !== "style") add(value);
      // A word that is spread over several elements is one text for whoever reads it.
      if (node.childElementCount > 0 && node.childElementCount < 30) add(node.textContent);
      if (node.shadowRoot) follow(node.shadowRoot);
    }
    for (const child of node.childNodes) scan(child);
  };
  const observer = new MutationObserver((changes) => {
    for (const { type, target, attributeName, addedNodes } of changes) {
      if (type === "characterData") add(target.data);
      else if (type === "attributes") {
        if (attributeName !== "style") add(target.getAttribute(attributeName));
      } else for (const node of addedNodes) scan(node);
    }
  });
  const followed = new WeakSet();
  const follow = (root) => {
    if (!followed.has(root)) observer.observe(root, options);
    followed.add(root);
    scan(root);
  };
  follow(document);
  globalThis.everSeen = () => {
    for (const input of document.querySelectorAll("input, textarea")) {
      if (input.type !== "password") add(input.value);
    }
    scan(document);
    add(document.title);
    return [...seen].join("\\n");
  };
})()`;

const dump = `(async () => {
  const answer = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const decoder = new TextDecoder();
  const bytesAsText = (key, value) =>
    value instanceof ArrayBuffer || ArrayBuffer.isView(value) ? decoder.decode(value) : value;
  const parts = [document.cookie];
  for (const storage of [localStorage, sessionStorage]) {
    for (let index = 0; index < storage.length; index++) {
      const key = storage.key(index);
      parts.push(key + "=" + storage.getItem(key));
    }
  }
  for (const { name } of await indexedDB.databases()) {
    const database = await answer(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      const objects = database.transaction(store).objectStore(store);
      const [keys, values] = await Promise.all([
        answer(objects.getAllKeys()), answer(objects.getAll()),
      ]);
      values.forEach((value, index) => {
        const text = typeof value === "string" ? value : JSON.stringify(value, bytesAsText);
        parts.push(name + "/" + store + "/" + String(keys[index]) + "=" + text);
      });
    }
    database.close();
  }
  return parts.join("\\n");
})()`;
