import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { generate, readModel } from "clientsmith";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chromium } from "../../support/chromium.js";
import { root } from "../../support/shared.js";
import { openTab, type Tab } from "../../support/tab.js";

const file = join(root, "model/cloudtrail.json");
let folder = "";
let paths: string[] = [];

/** Opened from the disk, as readers may do. */
const pageUrl = (path: string): string => pathToFileURL(join(folder, "reference", path)).href;

describe.skipIf(!chromium)("the reference pages of CloudTrail in Chromium", () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "clientsmith-reference-"));
    const { model } = readModel({ file, text: readFileSync(file, "utf8") });
    const { files } = model ? await generate(model, { emit: ["reference"] }) : {};
    for (const [path, text] of files ?? []) {
      if (!path.startsWith("reference/")) continue;
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
      if (path.endsWith(".html")) paths.push(path.slice("reference/".length));
    }
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("find an operation by its name and a type by a member, and open the result", async () => {
    const tab = await openTab();
    await tab.open(pageUrl("index.html"));
    await tab.press("/");
    await tab.type("lookupev");
    expect(await results(tab)).toContain("lookupEvents");
    expect(await tab.evaluate("document.querySelector('[role=status]').textContent")).toMatch(/^\d+ results?$/);
    const isLoaded = tab.loaded();
    await tab.press("Enter");
    await isLoaded;
    expect(await tab.evaluate("location.href")).toBe(pageUrl("operations/lookupEvents.html"));
    expect(await tab.evaluate("document.querySelector('#contents [aria-current]').textContent")).toBe("lookupEvents");

    await tab.press("/");
    await tab.type("AttributeKey");
    expect((await results(tab))[0]).toMatch(/^LookupAttribute/);
    await tab.press("Escape");
    expect(await results(tab)).toEqual([]);
    expect(tab.problems).toEqual([]);
  }, 60_000);

  it("lead from an operation to a type and to an error, and back to the operation", async () => {
    const tab = await openTab();
    await tab.open(pageUrl("operations/lookupEvents.html"));
    for (const [link, heading] of [
      ["#input-LookupAttributes .type a", "LookupAttribute"],
      ['#uses ~ ul a[href$="lookupEvents.html"]', "lookupEvents"],
      ['.errors a[href$="InvalidTimeRangeException.html"]', "InvalidTimeRangeException"],
    ] as const) {
      const isLoaded = tab.loaded();
      await tab.evaluate(`document.querySelector(${JSON.stringify(link)}).click()`);
      await isLoaded;
      expect(await tab.evaluate("document.querySelector('h1 code').textContent")).toBe(heading);
    }
    expect(tab.problems).toEqual([]);
  }, 60_000);

  it("show the form of a call that was chosen, on the next page too", async () => {
    const tab = await openTab();
    await tab.open(pageUrl("operations/getTrail.html"));
    const shown = "[...document.querySelectorAll('.form')].find((form) => form.offsetHeight > 0).textContent";
    expect(await tab.evaluate(shown)).toContain("await getTrail(client, {");
    await tab.evaluate("document.querySelector('label[for=form-1-classic]').click()");
    expect(await tab.evaluate(shown)).toContain("await cloudtrail.getTrail({");
    await tab.open(pageUrl("operations/startLogging.html"));
    expect(await tab.evaluate(shown)).toContain("await cloudtrail.startLogging({");
  }, 60_000);

  it("never scroll sideways at a width of 360 pixels", async () => {
    const tab = await openTab();
    await tab.setWidth(360);
    expect(paths.length).toBeGreaterThan(100);
    const wide: unknown[] = [];
    for (const path of paths) {
      await tab.open(pageUrl(path));
      await tab.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))");
      const width = await tab.evaluate("document.documentElement.scrollWidth");
      if (width !== 360) wide.push([path, width]);
    }
    expect(wide).toEqual([]);
    expect(tab.problems).toEqual([]);
  }, 120_000);

  it("have enough contrast in light and in dark", async () => {
    const tab = await openTab();
    for (const value of ["light", "dark"]) {
      await tab.send("Emulation.setEmulatedMedia", { features: [{ name: "prefers-color-scheme", value }] });
      for (const path of [
        "index.html",
        "operations/createTrail.html",
        "shapes/Trail.html",
        "errors/ThrottlingException.html",
      ]) {
        await tab.open(pageUrl(path));
        expect(await tab.evaluate(`(${lowContrast.toString()})()`), `${path} in ${value}`).toEqual([]);
      }
    }
  }, 60_000);

  it("are readable and linked without scripts", async () => {
    const tab = await openTab();
    await tab.send("Emulation.setScriptExecutionDisabled", { value: true });
    await tab.open(pageUrl("index.html"));
    const { root: document } = await tab.send("DOM.getDocument", { depth: 0 });
    const { nodeId } = document as { readonly nodeId: number };
    const { nodeIds: links } = await tab.send("DOM.querySelectorAll", { nodeId, selector: "main .index a" });
    expect(links).toHaveLength(18);
    const { nodeIds: searches } = await tab.send("DOM.querySelectorAll", { nodeId, selector: "input[type=search]" });
    expect(searches).toEqual([]);
  }, 60_000);
});

/** Names of the results that search shows, once the index is loaded. */
async function results(tab: Tab): Promise<string[]> {
  const names = await tab.evaluate(`(async () => {
    for (let wait = 0; wait < 50 && !globalThis.referenceIndex; wait++) await new Promise((done) => setTimeout(done, 50));
    await new Promise((done) => setTimeout(done, 50));
    return document.querySelector("#results").hidden ? [] : [...document.querySelectorAll("#results code")].map((each) => each.textContent);
  })()`);
  return names as string[];
}

/** Texts in the page whose contrast is below 4.5, the minimum of WCAG 2.2 for text of this size. Runs in the page. */
function lowContrast(): string[] {
  const page = globalThis as unknown as {
    document: { querySelectorAll(selector: string): Iterable<Element> };
    getComputedStyle(element: Element): { color: string; backgroundColor: string };
  };
  interface Element {
    readonly parentElement: Element | null;
    readonly childNodes: Iterable<{ readonly nodeType: number; readonly textContent: string }>;
    readonly textContent: string;
    readonly offsetHeight: number;
  }
  const channels = (color: string): number[] => (color.match(/[\d.]+/g) ?? []).map(Number);
  const luminance = (color: string): number => {
    const [red = 0, green = 0, blue = 0] = channels(color).map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const background = (element: Element | null): string => {
    for (let each = element; each; each = each.parentElement) {
      const { backgroundColor } = page.getComputedStyle(each);
      if (channels(backgroundColor)[3] !== 0) return backgroundColor;
    }
    return "rgb(255, 255, 255)";
  };
  return [...page.document.querySelectorAll("body *")].flatMap((element) => {
    const hasText = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== "");
    if (!hasText || element.offsetHeight === 0) return [];
    const { color } = page.getComputedStyle(element);
    const behind = background(element);
    const [light = 0, dark = 0] = [luminance(color), luminance(behind)].toSorted((left, right) => right - left);
    const contrast = (light + 0.05) / (dark + 0.05);
    return contrast < 4.5 ? [`${element.textContent.slice(0, 40)}: ${color} on ${behind}, ${contrast.toFixed(2)}`] : [];
  });
}
