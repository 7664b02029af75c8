"use strict";

/* Sorts, filters and unfolds the table of sites. Texts of sites become nodes of text, and never markup. */
{
  const words = JSON.parse(document.getElementById("words").textContent);
  const form = document.querySelector("form");
  const table = document.querySelector(".sites table");
  const body = table.tBodies[0];
  const heads = [...table.tHead.rows[0].cells];
  const [search, unfinished, count] = ["input[type=search]", "input[type=checkbox]", "output"].map((part) =>
    form.querySelector(part),
  );
  const choices = [...form.querySelectorAll("select")];
  const collator = new Intl.Collator("zh-CN", { numeric: true });
  const OPTION_LENGTH = 40;

  const sites = [...body.rows].map((row, number) => {
    const texts = [...row.cells].map((cell) => cell.textContent.trim());
    return {
      row,
      number,
      texts,
      haystack: texts.join("\n").toLowerCase(),
      isUnfinished: row.getElementsByClassName("complete").length < words.ones,
      unfolded: null,
    };
  });

  /* The details are the larger part of the page, and are read when they are first asked for. */
  let details = null;
  const detailsOf = (site) => {
    details ??= JSON.parse(document.getElementById("details").textContent);
    return details.sites[site.number];
  };

  const filled = (message, values) => message.replace(/\{(\w+)\}/g, (_whole, name) => values[name]);

  function element(name, className, ...children) {
    const made = document.createElement(name);
    made.className = className;
    made.append(...children);
    return made;
  }

  /* --- sorting --- */

  function keyOf(site, column) {
    if (site.row.cells[column].classList.contains("none")) return null;
    const text = site.texts[column];
    if (heads[column].classList.contains("number")) return Number(text);
    const place = words.orders[column].indexOf(text);
    return place < 0 ? text : place;
  }

  function compare(one, other) {
    return typeof one === "number" && typeof other === "number" ? one - other : collator.compare(one, other);
  }

  /* What is not known comes last, whichever the direction. */
  function sort(column) {
    const direction = heads[column].getAttribute("aria-sort") === "ascending" ? -1 : 1;
    const keyed = sites.map((site) => ({ site, key: keyOf(site, column) }));
    const known = keyed.filter(({ key }) => key !== null).sort((one, other) => direction * compare(one.key, other.key));
    const unknown = keyed.filter(({ key }) => key === null);
    const sorted = new DocumentFragment();
    for (const { site } of [...known, ...unknown]) {
      sorted.append(site.row);
      if (site.unfolded) sorted.append(site.unfolded);
    }
    body.replaceChildren(sorted);
    for (const head of heads) head.removeAttribute("aria-sort");
    heads[column].setAttribute("aria-sort", direction > 0 ? "ascending" : "descending");
  }

  /* --- filtering --- */

  function filter() {
    const sought = search.value.toLowerCase().split(/\s+/);
    const chosen = choices.filter((choice) => choice.value !== "").map((choice) => [choice.name, choice.value]);
    let shown = 0;
    for (const site of sites) {
      const isShown =
        sought.every((part) => site.haystack.includes(part)) &&
        chosen.every(([column, value]) => site.texts[column] === value) &&
        (site.isUnfinished || !unfinished.checked);
      site.row.hidden = !isShown;
      if (site.unfolded) site.unfolded.hidden = !isShown || !isOpen(site);
      shown += isShown;
    }
    count.textContent = filled(words.count, { shown, all: sites.length });
  }

  function offer(choice) {
    const texts = new Map(sites.map((site) => [site.texts[choice.name], keyOf(site, choice.name)]));
    const known = [...texts].filter(([, key]) => key !== null);
    for (const [text] of known.sort(([, one], [, other]) => compare(one, other))) {
      const label = text.length > OPTION_LENGTH ? `${text.slice(0, OPTION_LENGTH)}…` : text;
      choice.append(new Option(label, text));
    }
  }

  /* --- unfolding --- */

  const buttonOf = (site) => site.row.cells[0].firstChild;
  const isOpen = (site) => buttonOf(site).getAttribute("aria-expanded") === "true";

  function unfold(site) {
    if (!site.unfolded) {
      site.unfolded = drawn(site);
      site.row.after(site.unfolded);
      buttonOf(site).setAttribute("aria-controls", site.unfolded.id);
    }
    const opens = !isOpen(site);
    buttonOf(site).setAttribute("aria-expanded", opens);
    site.unfolded.hidden = !opens;
  }

  function drawn(site) {
    const [id, groups, isReadable, technical] = detailsOf(site);
    const about = element("p", "about");
    if (id) about.append(element("span", "", filled(words.id, { id })));
    for (const cut of site.row.getElementsByClassName("long")) about.append(element("span", "", cut.textContent));
    const nothing = element("p", "", isReadable ? words.clean : words.unreadable);
    const found = groups.length ? element("ul", "", ...groups.map(drawnGroup)) : nothing;
    const panel = element("div", "panel", about, found);
    if (technical) panel.append(drawnTechnical(...technical));
    const cell = element("td", "", panel);
    cell.colSpan = heads.length;
    const row = element("tr", "details", cell);
    row.id = `details-${site.number}`;
    return row;
  }

  /* Draws findings of one rule, with what they have in common said once. */
  function drawnGroup([heading, severity, findings, ...common]) {
    const [problem, basis, advice, waived] = [heading, ...common].map((number) => details.texts[number]);
    const messages = findings.map((number) => details.texts[number]);
    const isAll = messages.length === 1 && messages[0].startsWith(problem);
    const head = element("p", "problem", element("span", `severity ${severity}`, words.severities[severity]), " ");
    head.append(element("span", "message", isAll ? messages[0] : problem));
    const group = element("li", waived ? "waived" : "", head);
    if (!isAll) group.append(element("ul", "", ...messages.map((message) => element("li", "message", message))));
    if (waived) group.append(element("p", "", waived));
    group.append(element("p", "basis", filled(words.basis, { basis })));
    group.append(element("p", "", filled(words.advice, { advice })));
    return group;
  }

  /* Draws, folded, what only those need who put the site file right. */
  function drawnTechnical(path, unreadable, findings) {
    const technical = element("details", "technical", element("summary", "", words.technical));
    technical.append(element("p", "", filled(words.file, { path })));
    if (unreadable) technical.append(element("p", "", unreadable));
    const places = findings.map(([rule, line, column, number]) => {
      const place = line ? [" ", element("span", "place", filled(words.place, { line, column }))] : [];
      return element("li", "", element("b", "", rule), ...place, " ", details.texts[number]);
    });
    if (places.length) technical.append(element("ul", "", ...places));
    return technical;
  }

  /* --- controls, which only stand where they work --- */

  function buttonIn(cell, action) {
    const button = element("button", "", ...cell.childNodes);
    button.type = "button";
    button.addEventListener("click", action);
    cell.replaceChildren(button);
    return button;
  }

  heads.forEach((head, column) => buttonIn(head, () => sort(column)));
  for (const site of sites) buttonIn(site.row.cells[0], () => unfold(site)).setAttribute("aria-expanded", "false");
  choices.forEach(offer);
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = document.querySelector(".how").hidden = false;
  filter();
}
