import { setTimeout as sleep } from "node:timers/promises";
import type { HostName } from "../../support/vscode/hosts.ts";
import { closeBrowser } from "../../support/workbench/profile.ts";
import {
  chooseApiKeyForNsml,
  importAccount,
  openScene,
  type Scene,
} from "../../support/scene/scene.ts";
import type { Workbench } from "../../support/workbench/workbench.ts";
import { median } from "../measure.ts";
import { timeText, type PartResult } from "../row.ts";

const rounds = 3;
/** The window does what it has to do at its start; a person who opens the view comes after it. */
const settleMs = 1_000;

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

/** Puts another view in the place of ours. */
async function showExplorer({ page }: Workbench): Promise<void> {
  await page.locator(".activitybar .action-label.codicon-explorer-view-icon").first().click();
  const title = page.locator(".part.sidebar .composite.title", { hasText: "Explorer" });
  await title.waitFor();
}

/** From the click on the view's icon in a window that was just opened to the rows on the screen. */
export async function coldView(host: HostName): Promise<PartResult> {
  try {
    const scene = await openScene({ workbench: { host } });
    try {
      return rowOf(host, await openAgainAndAgain(scene));
    } finally {
      await scene.close();
    }
  } finally {
    await closeBrowser();
  }
}

/** Milliseconds from the click. */
interface Steps {
  readonly asked: number;
  readonly answered: number;
  readonly drawn: number;
}

async function openAgainAndAgain(scene: Scene): Promise<readonly Steps[]> {
  const { sandbox, workbench } = scene;
  await importAccount(scene);
  await chooseApiKeyForNsml(scene);
  await workbench.waitForStoredState("the account", (state) => JSON.stringify(state) !== "{}");
  const seen: Steps[] = [];
  for (let round = 0; round < rounds; round++) {
    await showExplorer(workbench);
    // The window keeps what it shows, for the next time it is opened, only after a while.
    await sleep(settleMs);
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
    const [asked, answered] = [first.time - clicked, last.time - clicked];
    seen.push({ asked, answered, drawn: drawn - clicked });
  }
  return seen;
}

function rowOf(host: HostName, seen: readonly Steps[]): PartResult {
  const of = (step: keyof Steps) => median(seen.map((each) => each[step]));
  const [asked, answered, drawn] = [of("asked"), of("answered"), of("drawn")];
  return {
    rows: [
      {
        what: `Cold: click on the view's icon → rows on the screen (${host})`,
        against: "—",
        ratio: undefined,
        goal: "reported",
        met: undefined,
        ours: drawn,
        unit: "ms",
        rounds: seen.length,
        details:
          `${timeText(drawn)}: first request after ${timeText(asked)} (the view opens, the extension ` +
          `is loaded, the keychain answers, HTTP is loaded), all asked by ${timeText(answered)}, ` +
          `then the editor draws`,
      },
    ],
  };
}
