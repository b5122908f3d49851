// Brings the page up to date in place: only what has changed is replaced, so the reader stays where they were.
"use strict";

const frame = document.querySelector("iframe");
const panel = document.getElementById("panel");
const lost = document.getElementById("lost");
let run = "";
let built = Number(document.body.dataset.built);

/** Make one node like another, and leave alone what is alike already. */
function morph(old, fresh) {
  if (old.isEqualNode(fresh)) return;
  if (old.nodeType !== Node.ELEMENT_NODE || old.nodeName !== fresh.nodeName || old.id !== fresh.id) {
    old.replaceWith(old.ownerDocument.importNode(fresh, true));
    return;
  }
  for (const { name } of [...old.attributes]) {
    if (!fresh.hasAttribute(name) && name !== "open") old.removeAttribute(name);
  }
  for (const { name, value } of fresh.attributes) {
    if (old.getAttribute(name) !== value && name !== "open") old.setAttribute(name, value);
  }
  const before = [...old.childNodes];
  const after = [...fresh.childNodes];
  let start = 0;
  while (start < before.length && start < after.length && before[start].isEqualNode(after[start])) start += 1;
  let end = 0;
  const most = Math.min(before.length, after.length) - start;
  while (end < most && before[before.length - 1 - end].isEqualNode(after[after.length - 1 - end])) end += 1;
  const changed = before.slice(start, before.length - end);
  const wanted = after.slice(start, after.length - end);
  const next = before[before.length - end] ?? null;
  wanted.forEach((node, i) => {
    if (i < changed.length) morph(changed[i], node);
    else old.insertBefore(old.ownerDocument.importNode(node, true), next);
  });
  changed.slice(wanted.length).forEach((node) => node.remove());
}

/** The element at the top of what is seen, and how far down it begins. */
function held(window) {
  for (const element of window.document.querySelectorAll("body [id]")) {
    const box = element.getBoundingClientRect();
    if (box.height && box.top >= 0) return { id: element.id, top: box.top };
  }
  return null;
}

/** Links to elsewhere open beside the preview: few sites let themselves be framed. */
function outward(page) {
  for (const link of page.querySelectorAll("a[href]:not([href^='#'])")) {
    link.target = "_blank";
    link.rel = "noreferrer";
  }
}

function swap(text) {
  const view = frame.contentWindow;
  const page = view.document;
  const fresh = new view.DOMParser().parseFromString(text, "text/html");
  outward(fresh);
  const spot = held(view);
  const down = view.scrollY;
  page.documentElement.lang = fresh.documentElement.lang;
  morph(page.head, fresh.head);
  morph(page.body, fresh.body);
  const now = spot && page.getElementById(spot.id);
  if (now) view.scrollBy({ top: now.getBoundingClientRect().top - spot.top, behavior: "instant" });
  else view.scrollTo({ top: down, behavior: "instant" });
}

async function show(state) {
  lost.hidden = true;
  document.title = state.title;
  const fresh = panel.cloneNode(false);
  fresh.innerHTML = state.panel;
  morph(panel, fresh);
  if (state.built !== built || (run && run !== state.run)) {
    const answer = await fetch("/plan");
    swap(await answer.text());
    built = state.built;
  }
  run = state.run;
  document.body.dataset.built = built;
}

frame.addEventListener("load", () => outward(frame.contentDocument));
if (frame.contentDocument?.readyState === "complete") outward(frame.contentDocument);

let showing = Promise.resolve();
const changes = new EventSource("/changes");
changes.onmessage = (event) => {
  showing = showing.then(() => show(JSON.parse(event.data))).catch(() => { lost.hidden = false; });
};
changes.onerror = () => { lost.hidden = false; };
