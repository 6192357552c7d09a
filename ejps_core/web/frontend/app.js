// What makes the pages quicker, never what makes them work: each form and link does its work without this file.
import htmx from "htmx.org";

htmx.config.allowEval = false;
htmx.config.includeIndicatorStyles = false;
htmx.config.historyCacheSize = 0; // pages with people's data are not kept in the browser
htmx.config.selfRequestsOnly = true;

// A job's progress as it happens; where events don't get through, the page asks again by itself.
function follow(place) {
  const source = new EventSource(place.dataset.events);
  source.addEventListener("progress", (event) => {
    const told = JSON.parse(event.data);
    const bar = place.querySelector("progress");
    if (bar) bar.value = told.done;
    const stage = place.querySelector("[data-stage]");
    if (stage) stage.textContent = told.stage_words;
  });
  source.addEventListener("ended", () => {
    source.close();
    window.location.reload();
  });
  // The browser asks again by itself and says what it has heard; only where it gives up, the page is loaded anew.
  source.onerror = () => {
    if (source.readyState === EventSource.CLOSED) window.setTimeout(() => window.location.reload(), 3000);
  };
}

// A broken line loses nothing: what was typed into a marked form is kept until the form was sent. Numbers of identity are
// typed into none of them.
function keepDraft(form) {
  const key = `draft:${window.location.pathname}:${form.dataset.draft}`;
  const kept = JSON.parse(window.sessionStorage.getItem(key) || "{}");
  for (const [name, value] of Object.entries(kept)) {
    const field = form.elements.namedItem(name);
    if (field && field.type !== "hidden" && field.value === field.defaultValue) field.value = value;
  }
  form.addEventListener("input", () => {
    const typed = {};
    for (const field of form.elements) {
      if (field.name && field.type !== "hidden" && field.type !== "password" && field.type !== "file") {
        if (field.value !== field.defaultValue) typed[field.name] = field.value;
      }
    }
    window.sessionStorage.setItem(key, JSON.stringify(typed));
  });
  form.addEventListener("submit", () => window.sessionStorage.removeItem(key));
}

function start(root) {
  root.querySelectorAll("[data-events]").forEach(follow);
  root.querySelectorAll("form[data-draft]").forEach(keepDraft);
  root.querySelectorAll("[data-submit-on-change]").forEach((field) => {
    field.addEventListener("change", () => field.form.requestSubmit());
  });
  root.querySelectorAll("form[data-once]").forEach((form) => {
    form.addEventListener("submit", () => {
      window.setTimeout(() => form.querySelectorAll("button").forEach((button) => (button.disabled = true)), 0);
    });
  });
}

document.addEventListener("DOMContentLoaded", () => start(document));
document.addEventListener("htmx:afterSwap", (event) => start(event.detail.elt));
