// Runs in every page before anything of the page itself: notes what no text may cause, and looks at
// the page for what no text may become.
"use strict";
(() => {
  const found = [];
  const note = (kind, what) => found.push({ kind, what: String(what).slice(0, 300) });
  if (window !== window.top) {
    // A frame of the same origin can tell; any other is seen as an element.
    try { window.top.__watch.note("element", `a frame runs ${location.href}`); } catch {}
    return;
  }
  // What these would open stops the page, and the driver with it, before anything can be said of it.
  for (const name of ["alert", "confirm", "prompt", "print", "open"]) {
    window[name] = (...given) => void note("dialog", `${name}(${given})`);
  }
  addEventListener("securitypolicyviolation", (event) => {
    note("violation", `${event.effectiveDirective} refused ${event.blockedURI}`);
  }, true);
  addEventListener("error", (event) => {
    if (event.target !== window) note("request", `could not load ${event.target?.outerHTML}`);
  }, true);

  const ELEMENTS = new Set(
    ("html head meta title link script body noscript a article aside blockquote button cite code dd details dialog div dl dt " +
      "em fieldset figcaption figure form h1 h2 h3 h4 header hr input label legend li main mark nav ol option " +
      "output p pre progress section select small span strong summary textarea ul " +
      "svg path circle rect line polyline polygon ellipse g").split(" "),
  );
  const HTML = "http://www.w3.org/1999/xhtml";
  const SVG = "http://www.w3.org/2000/svg";
  // A style is never more than a number: for the style sheets, or how long a bar is.
  const NUMBERS = /^((--[a-z-]+|flex-grow|inline-size|inset-inline-start):\s*[\d.]+%?;?\s*)*$/;
  const LINK = /^(#|https?:\/\/|mailto:|tel:)/i;
  const SCHEMES = ["http:", "https:", "mailto:", "tel:"];
  const start = { path: location.pathname, origin: location.origin };
  let heads;

  const signature = () =>
    [...document.head.children].filter((child) => child.localName !== "title").map((child) => child.outerHTML).join("\n");

  function attributes(element) {
    for (const { name, value } of element.attributes) {
      const odd =
        name.startsWith("on") ||
        ["srcdoc", "formaction", "action", "background", "ping", "srcset", "data", "poster", "xlink:href"].includes(name) ||
        (name === "src" && element.localName !== "script") ||
        (name === "href" && !["a", "link"].includes(element.localName)) ||
        (name === "style" && !NUMBERS.test(value));
      if (odd) note("element", `<${element.localName} ${name}="${value}">`);
    }
  }

  function link(element) {
    const written = element.getAttribute("href");
    // The page's own, for when no script arrives.
    if (written === "./?fresh=link") return;
    if (!LINK.test(written)) note("link", written);
    // An address that is none leads nowhere.
    const resolved = URL.canParse(element.href) ? new URL(element.href).protocol : "http:";
    if (!SCHEMES.includes(resolved)) note("link", `${written} leads to ${element.href}`);
    if (/^mailto:/i.test(written) && /[?,;\s]|%0/i.test(written)) note("link", `${written} says more than to whom`);
    if (element.target && !/\bnoopener\b/.test(element.rel)) note("link", `${written} opens with a way back`);
  }

  /** Looks at all of the page; how many links there are. */
  function look() {
    const all = document.querySelectorAll("*");
    for (const element of all) {
      const known = ELEMENTS.has(element.localName) && [HTML, SVG].includes(element.namespaceURI);
      if (!known) note("element", element.outerHTML);
      attributes(element);
    }
    heads ??= signature();
    if (signature() !== heads) note("element", `the head is ${signature()}`);
    if (document.scripts.length !== 1) note("element", `there are ${document.scripts.length} scripts`);
    if (window.frames.length) note("element", `there are ${window.frames.length} frames`);
    if (window.__ran !== undefined) note("ran", window.__ran);
    if ({}.polluted !== undefined) note("ran", "the prototype of all objects was changed");
    if (onbeforeunload || document.onclick || document.body.onload) note("ran", "a handler was set");
    if (location.pathname !== start.path || location.origin !== start.origin) note("ran", `the page is ${location.href}`);
    const links = document.querySelectorAll("[href]:not(link)");
    links.forEach(link);
    return links.length;
  }

  // ---- What is shown ----

  /** What a field makes of a text, by the rules of HTML: one line has no line breaks, an address no blanks around it. */
  function within(field, text) {
    if (field.localName === "textarea") return text.replace(/\r\n?/g, "\n");
    const line = text.replace(/[\r\n]/g, "");
    return ["url", "email"].includes(field.type) ? line.replace(/^[ \t\f]+|[ \t\f]+$/g, "") : line;
  }

  const fields = () => [...document.querySelectorAll("input, textarea")];
  const holding = (text) => fields().filter((field) => field.value === within(field, text)).length;

  /** The innermost elements that say a text, to the letter. */
  function saying(text) {
    const says = (element) => element.textContent.includes(text);
    return [...document.body.querySelectorAll("*")].filter((element) => says(element) && ![...element.children].some(says)).length;
  }

  // ---- What is done ----

  function paste(field, text) {
    field.focus();
    Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), "value").set.call(field, text);
    field.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertFromPaste" }));
  }

  const labelled = (label) => fields().find((field) => [...(field.labels ?? [])].some((own) => own.textContent.startsWith(label)));
  const pressed = (selector, says) => {
    const button = [...document.querySelectorAll(selector)].find((button) => says(button));
    button?.click();
    return Boolean(button);
  };

  /** Each is tried until it could be done. */
  const deeds = {
    // What is left of several lines in one is nowhere to be found; the first of them is.
    search: (text) => {
      const field = document.querySelector("main input[type=search]");
      if (field) paste(field, text.split(/[\r\n]/)[0]);
      return Boolean(field);
    },
    plan: (text) => {
      const labels = ["Your name", "You, in a sentence", "Field", "Roles", "Organisations that might fit", "What I want to learn", "What I believe now"];
      const found = labels.map(labelled);
      if (!found.every(Boolean)) return false;
      found.forEach((field) => paste(field, text));
      return true;
    },
    question: (text) => pressed(".live-line", (line) => line.textContent.includes(text)),
    closing: () => pressed(".live-line", (line) => line.textContent === "Closing words" || line.textContent.startsWith("Closing words")),
    edit: (text) => pressed("button", (button) => button.getAttribute("aria-label") === `Edit: ${text}`),
    leave: () => pressed("dialog[open] button", (button) => button.textContent.includes("Done")),
    ask: () => pressed("button", (button) => button.textContent.includes("Delete this person")),
    remove: () => pressed("dialog[open] button", (button) => button.textContent.trim() === "Delete"),
    cancel: () => pressed("main button", (button) => button.textContent.trim() === "Cancel"),
    unfold: () => {
      document.querySelectorAll("main details").forEach((details) => { details.open = true; });
      return document.querySelectorAll("main details").length > 0;
    },
  };

  const moment = () => new Promise((done) => setTimeout(done, 10));
  const frame = () => new Promise((done) => { requestAnimationFrame(() => done()); setTimeout(done, 100); });

  async function until(so) {
    const late = performance.now() + 8000;
    for (;;) {
      if (so()) return true;
      if (performance.now() > late) return false;
      await moment();
    }
  }

  /**
   * Goes to a view, does something there and waits until it shows the texts often enough, in fields and outside of
   * them. Says what was found since the last time, how many links there are, and what is missing.
   */
  async function visit({ hash, deed, texts, fields: inFields, words, title }) {
    const missing = [];
    if (hash !== undefined && location.hash !== hash) {
      const before = document.querySelector("main h1");
      const from = location.hash;
      let asked = -Infinity;
      const there = () => {
        // A browser that is sent to and fro too often lets some of it go.
        if (location.hash === from && performance.now() - asked > 500) {
          asked = performance.now();
          location.hash = hash;
        }
        const now = document.querySelector("main h1");
        return now && now !== before;
      };
      if (!(await until(there))) missing.push(`the page did not change from ${from} to ${hash}, at ${location.hash}`);
    }
    if (deed && !(await until(() => deeds[deed](texts[0])))) missing.push(`could not ${deed}`);
    const enough = (text) => holding(text) >= inFields && saying(text) >= words;
    if (!(await until(() => texts.every(enough)))) {
      for (const text of texts.filter((text) => !enough(text))) {
        missing.push(`${JSON.stringify(text)} is in ${holding(text)} of ${inFields} fields and in ${saying(text)} of ${words} places`);
      }
    }
    // A tab's title has no control characters.
    const collapsed = (text) => text.replace(/[\u0000-\u0020\u007f-\u009f]+/g, " ").trim();
    if (title !== undefined && !(await until(() => collapsed(document.title) === collapsed(title)))) {
      missing.push(`the title is ${JSON.stringify(document.title)} and not ${JSON.stringify(collapsed(title))}`);
    }
    await frame();
    const links = look();
    return { found: found.splice(0), links, missing };
  }

  /** What a stopped app says of itself. */
  async function stop(text) {
    const rescue = document.getElementById("rescue");
    rescue.hidden = true;
    dispatchEvent(new ErrorEvent("error", { message: text, error: new WebAssembly.RuntimeError(text) }));
    const missing = [];
    const says = () => document.getElementById("rescue-reason").textContent === `The app stopped: ${text}`;
    if (!(await until(() => !rescue.hidden && says()))) missing.push("the reason is not shown");
    await frame();
    return { found: found.splice(0), links: look(), missing };
  }

  Object.defineProperty(window, "__watch", { value: { note, visit, stop } });
})();
