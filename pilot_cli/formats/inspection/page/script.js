"use strict";

const words = JSON.parse(document.getElementById("words").textContent);
const { standard, version, day } = document.body.dataset;
const sites = [...document.querySelectorAll(".site")];
const by = document.getElementById("by");
const on = document.getElementById("on");
const told = document.getElementById("told");
// Forms for other sites, days or standards keep their own results.
const KEY = ["pilot-inspection", version, standard, day, ...sites.map((site) => site.dataset.site)].join("|");

function resultsOf(site) {
  return [...site.querySelectorAll("fieldset")].flatMap((item) => {
    const chosen = item.querySelector(":checked");
    if (!chosen) return [];
    const photos = item.querySelector(".photos").value.split(/[,，、;；]/).map((name) => name.trim()).filter(Boolean);
    const note = item.querySelector("textarea").value.trim();
    return [{ rule: item.dataset.rule, result: chosen.value, note, photos }];
  });
}

function everything() {
  return sites
    .map((site) => ({ site: site.dataset.site, on: on.value, by: by.value.trim(), results: resultsOf(site) }));
}

function keep() {
  try {
    localStorage.setItem(KEY, JSON.stringify(everything()));
  } catch {
    document.getElementById("keeping").textContent = words.not_kept;
  }
}

function show() {
  for (const site of sites) {
    const items = [...site.querySelectorAll("fieldset")];
    for (const item of items) item.querySelector(".more").hidden = !item.querySelector(":checked");
    const done = items.filter((item) => item.querySelector(":checked")).length;
    site.querySelector(".done").textContent = words.done.replace("{done}", done).replace("{all}", items.length);
  }
}

function restore() {
  let kept = [];
  try {
    kept = JSON.parse(localStorage.getItem(KEY)) || [];
  } catch {
    document.getElementById("keeping").textContent = words.not_kept;
  }
  for (const one of Array.isArray(kept) ? kept : []) {
    by.value = one.by;
    on.value = one.on;
    const site = sites.find((site) => site.dataset.site === one.site);
    for (const result of site ? one.results : []) {
      const item = [...site.querySelectorAll("fieldset")].find((item) => item.dataset.rule === result.rule);
      const level = [...item.querySelectorAll("[type=radio]")].find((level) => level.value === result.result);
      if (!level) continue;
      level.checked = true;
      item.querySelector("textarea").value = result.note;
      item.querySelector(".photos").value = result.photos.join("，");
    }
  }
}

document.querySelector("main").addEventListener("input", () => {
  show();
  keep();
});

document.querySelector("main").addEventListener("click", (event) => {
  if (!event.target.matches("fieldset .clear")) return;
  const item = event.target.closest("fieldset");
  const chosen = item.querySelector(":checked");
  chosen.checked = false;
  item.querySelector("textarea").value = item.querySelector(".photos").value = "";
  show();
  keep();
  item.querySelector("[type=radio]").focus();
});

document.getElementById("save").addEventListener("click", () => {
  const seen = everything().filter((site) => site.results.length);
  if (!seen.length) {
    told.textContent = words.none;
    return;
  }
  const text = JSON.stringify({ pilot_inspection: Number(version), standard, sites: seen }, null, 1);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = `${words.file}-${on.value}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  told.textContent = words.saved.replace("{name}", link.download);
});

document.getElementById("forget").addEventListener("click", () => {
  if (!confirm(words.sure)) return;
  try {
    localStorage.removeItem(KEY);
  } catch {
    // Nothing was kept.
  }
  for (const field of document.querySelectorAll("fieldset :checked")) field.checked = false;
  for (const field of document.querySelectorAll("fieldset textarea, fieldset .photos")) field.value = "";
  show();
});

restore();
show();
