// Finds elements the way a person would name them. Runs in the page as the body of a function:
// arguments[0] is a locator, arguments[1] what is wanted of what it finds. Close to what browsers
// compute for assistive technology, and quicker than asking them element by element.
"use strict";

const NATIVE = {
  alert: "[role=alert]",
  article: "article",
  banner: "body > header, #app > header",
  button: "button, summary, input[type=button], input[type=submit], input[type=reset]",
  cell: "td",
  checkbox: "input[type=checkbox]",
  columnheader: "th[scope=col], thead th",
  combobox: "select:not([multiple]):not([size]), input[list]",
  complementary: "aside",
  contentinfo: "body > footer, #app > footer",
  definition: "dd",
  dialog: "dialog",
  figure: "figure",
  form: "form",
  group: "fieldset, details",
  heading: "h1, h2, h3, h4, h5, h6",
  img: "img",
  link: "a[href], area[href]",
  list: "ul, ol",
  listbox: "select[multiple], select[size]",
  listitem: "li",
  main: "main",
  meter: "meter",
  navigation: "nav",
  option: "option",
  progressbar: "progress",
  radio: "input[type=radio]",
  region: "section",
  row: "tr",
  rowheader: "th[scope=row]",
  searchbox: "input[type=search]",
  slider: "input[type=range]",
  spinbutton: "input[type=number]",
  status: "output",
  table: "table",
  term: "dt",
  textbox:
    "textarea, input:not([type]), input[type=text], input[type=email], input[type=tel], input[type=url], [contenteditable=true]",
};
const FIELDS =
  "input:not([type=hidden]):not([type=button]):not([type=submit]):not([type=reset]), textarea, select, [contenteditable=true], " +
  "[role=textbox], [role=searchbox], [role=combobox], [role=listbox], [role=slider], [role=spinbutton], [role=switch], [role=checkbox], [role=radiogroup]";

const clean = (text) => (text || "").replace(/\s+/g, " ").trim();

function matches(pattern, text) {
  const parts = pattern.split("*").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp("^" + parts.join("[^]*") + "$").test(clean(text));
}

// An option of a closed drop-down has no box of its own.
const boxed = (element) => (element.matches("option") && element.closest("select")) || element;
const visible = (element) => boxed(element).checkVisibility({ visibilityProperty: true }) && !element.closest("[inert]");
const exposed = (element) => visible(element) && !element.closest("[aria-hidden=true]");

// The text of an element as it is spoken: alternatives of images included, hidden parts left out.
function spoken(node) {
  if (node.nodeType === Node.TEXT_NODE) return node.data;
  if (node.nodeType !== Node.ELEMENT_NODE) return "";
  if (node.getAttribute("aria-hidden") === "true" || !node.checkVisibility({ visibilityProperty: true })) return "";
  if (node.hasAttribute("aria-label")) return " " + node.getAttribute("aria-label") + " ";
  if (node.matches("img")) return " " + node.alt + " ";
  if (node.matches("select")) return " " + clean(node.selectedOptions[0]?.textContent) + " ";
  if (node.matches("textarea, input")) return " " + node.value + " ";
  const inner = [...node.childNodes].map(spoken).join("");
  return getComputedStyle(node).display.startsWith("inline") ? inner : " " + inner + " ";
}

function name(element) {
  const by = (element.getAttribute("aria-labelledby") || "").split(/\s+/).filter(Boolean);
  const labelled = by.map((id) => document.getElementById(id)).filter(Boolean);
  if (labelled.length) return clean(labelled.map(spoken).join(" "));
  if (clean(element.getAttribute("aria-label"))) return clean(element.getAttribute("aria-label"));
  if (element.labels?.length) return clean([...element.labels].map((label) => labelText(label, element)).join(" "));
  if (element.matches("input[type=button], input[type=submit], input[type=reset]")) return clean(element.value);
  if (element.matches("img")) return clean(element.alt);
  if (element.matches("option")) return clean(element.label);
  if (element.matches(FIELDS)) return clean(element.title || element.placeholder);
  const caption = element.querySelector(":scope > legend, :scope > caption, :scope > figcaption, :scope > summary");
  if (caption && element.matches("fieldset, table, figure, details")) return clean(spoken(caption));
  return clean(spoken(element)) || clean(element.title);
}

// A label that wraps its field is named by the words around the field.
function labelText(label, field) {
  const words = (node) => (node === field ? "" : node.contains?.(field) ? [...node.childNodes].map(words).join(" ") : spoken(node));
  return words(label);
}

function role(element) {
  const given = clean(element.getAttribute("role")).split(" ")[0];
  return given || Object.keys(NATIVE).find((role) => element.matches(NATIVE[role])) || "";
}

const level = (heading) => Number(heading.getAttribute("aria-level") || heading.localName.slice(1));

function candidates(root, wanted) {
  switch (wanted.kind) {
    case "css":
      return [...root.querySelectorAll(wanted.name)];
    case "field":
      return [...root.querySelectorAll(FIELDS)].filter(
        // A file input is often hidden behind a button of our own.
        (field) => (exposed(field) || field.type === "file") && matches(wanted.name, name(field)),
      );
    case "role": {
      const native = NATIVE[wanted.role];
      const selector = `[role~="${wanted.role}"]` + (native ? ", " + native : "");
      return [...root.querySelectorAll(selector)].filter(
        (element) => exposed(element) && role(element) === wanted.role && matches(wanted.name, name(element)),
      );
    }
    default: {
      const all = [...root.querySelectorAll("*")].filter(
        (element) => visible(element) && !element.matches("script, style, head, head *") && matches(wanted.name, element.innerText ?? element.textContent),
      );
      return all.filter((element) => !all.some((other) => other !== element && element.contains(other)));
    }
  }
}

function find(wanted) {
  let root = document;
  if (wanted.within) {
    const around = find(wanted.within);
    if (around.length !== 1) return [];
    root = around[0];
  }
  let found = candidates(root, wanted);
  if (wanted.level !== null) found = found.filter((element) => level(element) === wanted.level);
  return wanted.at === null ? found : found.slice(wanted.at, wanted.at + 1);
}

const describe = (element) => (element ? clean(role(element) || element.localName) + ' "' + name(element).slice(0, 80) + '"' : "nothing");

const [wanted, question] = arguments;
switch (question) {
  case "elements":
    return find(wanted);
  case "texts":
    return find(wanted).map((element) => clean(element.innerText ?? element.textContent));
  case "names":
    return find(wanted).map(describe);
  case "values":
    return find(wanted).map((element) =>
      element.matches("input[type=checkbox], input[type=radio]") ? String(element.checked) : element.value ?? element.textContent,
    );
  case "enabled":
    return find(wanted).map((element) => !element.matches(":disabled, [aria-disabled=true]"));
  case "focused":
    return describe(document.activeElement);
}
