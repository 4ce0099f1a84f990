// Search over operations, types and errors. Without this script, the contents and the lists lead to every page.

/** Max number of results. */
const most = 20;

/**
 * The entries of the index that match all words of a query, the best first. Names count more than names of members, and
 * those more than texts.
 */
function findEntries(query, index) {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  return index
    .map((entry) => ({ entry, score: scoreOf(words, entry) }))
    .filter(({ score }) => score > 0)
    .toSorted((left, right) => right.score - left.score || (left.entry[0] < right.entry[0] ? -1 : 1))
    .slice(0, most)
    .map(({ entry }) => entry);
}

/** 0 if a word does not match. */
function scoreOf(words, [name, kind, , summary, members]) {
  const scores = words.map((word) =>
    Math.max(
      scoreOfName(word, name),
      ...members.split(" ").map((member) => scoreOfName(word, member) / 3),
      summary.toLowerCase().includes(word) ? 10 : 0,
    ),
  );
  if (scores.includes(0)) return 0;
  const sum = scores.reduce((total, score) => total + score, 0);
  return sum + (kind === "operation" ? 25 : 0) - name.length / 50;
}

function scoreOfName(word, name) {
  const lower = name.toLowerCase();
  if (lower === word) return 100;
  if (lower.startsWith(word)) return 80;
  if (!lower.includes(word)) return 0;
  const humps = name.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g) ?? [];
  return humps.some((hump) => hump.toLowerCase().startsWith(word)) ? 60 : 40;
}

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

let loaded;

/** Loads the index once. As a script, because pages that are opened from a disk can load no JSON. */
function loadIndex(base) {
  loaded ??= new Promise((resolve, reject) => {
    const script = element("script", { src: `${base}search-index.js` });
    script.addEventListener("load", () => resolve(globalThis.referenceIndex));
    script.addEventListener("error", reject);
    document.head.append(script);
  });
  return loaded;
}

function addSearch(base) {
  const place = document.querySelector(".search");
  const input = element("input", {
    type: "search",
    role: "combobox",
    placeholder: "Search",
    autocomplete: "off",
    spellcheck: "false",
    "aria-label": "Search operations, types and errors",
    "aria-autocomplete": "list",
    "aria-controls": "results",
    "aria-expanded": "false",
    "aria-keyshortcuts": "/",
  });
  const list = element("ul", { id: "results", role: "listbox", "aria-label": "Results", hidden: "" });
  const status = element("p", { class: "hidden", role: "status" });
  place.append(input, element("kbd", { "aria-hidden": "true" }, "/"), list, status);
  place.hidden = false;

  let active = -1;
  const options = () => [...list.querySelectorAll("[role=option]")];
  const activate = (next) => {
    active = next;
    for (const [index, option] of options().entries()) option.setAttribute("aria-selected", String(index === active));
    const option = options()[active];
    if (option) input.setAttribute("aria-activedescendant", option.id);
    else input.removeAttribute("aria-activedescendant");
    option?.scrollIntoView({ block: "nearest" });
  };
  const close = () => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    activate(-1);
  };
  const show = (found) => {
    const items = found.map(([name, kind, path, summary], index) =>
      element(
        "li",
        { role: "option", id: `result-${index}`, "aria-selected": "false" },
        element(
          "a",
          { href: base + path, tabindex: "-1" },
          element("code", {}, name),
          " ",
          element("span", { class: "badge plain" }, kind),
          element("span", { class: "summary" }, summary.replaceAll(/[`*\\]/g, "")),
        ),
      ),
    );
    if (items.length === 0) items.push(element("li", { class: "none" }, "Nothing found."));
    list.replaceChildren(...items);
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    status.textContent = found.length === 1 ? "1 result" : `${found.length} results`;
    activate(found.length > 0 ? 0 : -1);
  };

  input.addEventListener("focus", () => void loadIndex(base));
  input.addEventListener("input", async () => {
    const index = await loadIndex(base);
    if (input.value.trim() === "") close();
    else show(findEntries(input.value, index));
  });
  input.addEventListener("keydown", (event) => {
    const count = options().length;
    if (event.key === "Escape") close();
    else if (event.key === "Enter") options()[active]?.querySelector("a").click();
    else if (event.key === "ArrowDown" && count > 0) activate((active + 1) % count);
    else if (event.key === "ArrowUp" && count > 0) activate((active - 1 + count) % count);
    else return;
    event.preventDefault();
  });
  place.addEventListener("focusout", (event) => {
    if (!place.contains(event.relatedTarget)) close();
  });
  document.addEventListener("keydown", (event) => {
    const isTyping = /^(?:input|textarea|select)$/i.test(event.target.tagName);
    if (event.key !== "/" || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    input.focus();
  });
}

/** Shows samples in the form that was chosen last, on every page. */
function keepForm() {
  const key = "clientsmith-form";
  const choose = (form) => {
    for (const radio of document.querySelectorAll(`.forms input[value="${CSS.escape(form)}"]`)) radio.checked = true;
  };
  try {
    choose(localStorage.getItem(key) ?? "function");
  } catch {
    // Without storage, each page starts with functions.
  }
  document.addEventListener("change", ({ target }) => {
    if (!target.matches(".forms input")) return;
    choose(target.value);
    try {
      localStorage.setItem(key, target.value);
    } catch {
      // The choice holds for this page.
    }
  });
}

function addCopyButtons() {
  if (!navigator.clipboard) return;
  for (const sample of document.querySelectorAll("pre.sample")) {
    const button = element("button", { type: "button", class: "copy" }, "Copy");
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(sample.textContent);
      button.textContent = "Copied";
      setTimeout(() => (button.textContent = "Copy"), 2000);
    });
    const frame = element("div", { class: "frame" });
    sample.replaceWith(frame);
    frame.append(sample, button);
  }
}

/** Scrolls the contents, if they are beside the page, to the link of this page. */
function showCurrent() {
  const contents = document.querySelector("#contents");
  const current = contents?.querySelector("[aria-current]");
  if (current) contents.scrollTop = current.offsetTop - contents.clientHeight / 2;
}

if (typeof document !== "undefined") {
  addSearch(document.currentScript.src.replace(/[^/]*$/, ""));
  keepForm();
  addCopyButtons();
  showCurrent();
}
