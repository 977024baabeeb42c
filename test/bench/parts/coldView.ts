import { setTimeout as sleep } from "node:timers/promises";
import type { HostName } from "../../support/vscode/hosts.ts";
import { closeBrowser } from "../../support/workbench/profile.ts";
import { chooseApiKeyForNsml, importAccount, openScene } from "../../support/scene/scene.ts";
import { median } from "../measure.ts";
import { timeText, type PartResult } from "../row.ts";

const rounds = 7;
/** The window does what it has to do at its start; a person who opens the view comes after it. */
const settleMs = 1_500;

/** In the page: whether each of the three groups shows what it has. */
const allRead = `(() => {
  const rows = [...document.querySelectorAll(".customview-tree [role=treeitem]")];
  const texts = rows.map((row) => row.textContent);
  return texts.length > 6 && texts.every((text) => !text.includes("Loading"));
})()`;

/** In the page: waits for it, frame by frame. */
const waitForAll = `new Promise((resolve) => {
  const look = () => (${allRead} ? resolve(Date.now()) : requestAnimationFrame(look));
  look();
})`;

/** From the click on the view's icon in a window that was just opened to the rows on the screen. */
export async function coldView(host: HostName): Promise<PartResult> {
  const scene = await openScene({ workbench: { host } });
  const { sandbox, workbench } = scene;
  await importAccount(scene);
  await chooseApiKeyForNsml(scene);
  await workbench.waitForStoredState("the account", (state) => JSON.stringify(state) !== "{}");
  const seen: { asked: number; answered: number; drawn: number }[] = [];
  for (let round = 0; round <= rounds; round++) {
    await workbench.page.keyboard.press("Control+Shift+E");
    await workbench.reload();
    await sleep(settleMs);
    await sandbox.idle();
    sandbox.resetRequests();
    const clicked = Date.now();
    await workbench.openView();
    const drawn = await workbench.page.evaluate<number>(waitForAll);
    const [first] = sandbox.requests;
    // The sandbox answers at once, so that the last request is as good as its answer.
    const last = sandbox.requests.at(-1);
    if (!first || !last) throw new Error("Nothing was asked for.");
    if (round === 0) continue;
    seen.push({
      asked: first.time - clicked,
      answered: last.time - clicked,
      drawn: drawn - clicked,
    });
  }
  await scene.close();
  await closeBrowser();
  const of = (step: "asked" | "answered" | "drawn") => median(seen.map((each) => each[step]));
  const [asked, answered, drawn] = [of("asked"), of("answered"), of("drawn")];
  return {
    rows: [
      {
        what: `Cold: click on the view's icon → rows on the screen (${host})`,
        against: "—",
        ratio: undefined,
        goal: "reported",
        met: undefined,
        details:
          `${timeText(drawn)}: first request after ${timeText(asked)} (the view opens, the extension ` +
          `is loaded, the keychain answers, HTTP is loaded), all asked by ${timeText(answered)}, ` +
          `then the editor draws`,
      },
    ],
  };
}
