/* The box in which notes are written: names complete, unknown initials are marked, keys for everything.
   The page works without any of it. */
(() => {
  "use strict";

  const box = document.getElementById("id_text");
  if (!box || box.readOnly) return;
  const under = document.querySelector(".box-under");
  const list = document.getElementById("box-names");
  const offer = document.getElementById("box-offer");
  const unknownList = document.getElementById("box-unknown");
  const tools = document.querySelector(".box-tools");
  const MOST_OFFERED = 8;
  const MOST_TOLD = 10;

  // --- who is known ---------------------------------------------------------------------------------------------

  const json = (id) => {
    const found = document.getElementById(id);
    return found ? JSON.parse(found.textContent) : [];
  };
  const fold = (initials) => initials.replace(/[^\p{L}]/gu, "").toUpperCase();
  const members = json("record-known");
  const noInitials = [
    "AGM", "AOB", "API", "CEO", "CSV", "DPIA", "EU", "FOI", "GDPR", "GIS", "ICO", "ICT", "IT", "KPI", "NB", "NHS",
    "ODI", "OK", "ONS", "OS", "PDF", "TBA", "TBC", "UK", "URL", "VAT", "WG", "ALL",
  ].concat(json("record-not-initials").map(fold));
  let people = [];
  let known = new Set();
  let knownKey = "";

  function learn() {
    const seen = new Set();
    people = members.concat(json("reading-listed")).filter((one) => !seen.has(one.name) && seen.add(one.name));
    known = new Set(noInitials);
    people.forEach((one) => one.initials.forEach((initials) => known.add(fold(initials))));
    const key = Array.from(known).sort().join(" ");
    const isNew = key !== knownKey;
    knownKey = key;
    return isNew;
  }

  // --- unknown initials, marked on a sheet that lies under the box --------------------------------------------------

  const ONE = "\\p{Lu}{2,4}(?:[-’']\\p{Lu}{1,2})?";
  const SOME = `(${ONE}(?:\\s*(?:/|,|&|and)\\s*${ONE})*)`;
  // Where initials stand for somebody: who acts, who speaks, who is named at the end.
  const PLACES = [
    new RegExp(`^\\s*(?:[-*•·]\\s*)?(?:\\[?A\\d+\\]?[:\\s–-]+)?(?:Actions?:\\s*)?${SOME}(?=\\s*:|\\s+(?:to|will|would|has|had|is|was|agreed|offered|reported|said|asked)\\b)`, "du"),
    new RegExp(`\\bActions?(?: point)?:\\s*${SOME}\\b`, "dgu"),
    new RegExp(`\\bOwners?:\\s*${SOME}\\b`, "dgu"),
    new RegExp(`(?<![\\p{L}\\d/&-])${SOME}(?=\\s+(?:to\\s+(?!be\\b)\\p{Ll}|will\\s|would\\s))`, "dgu"),
    new RegExp(`[–—]\\s*${SOME}\\s*\\.?\\s*(?:\\[[^\\]]*\\]\\s*)*$`, "du"),
    new RegExp(`\\[(?:Action:\\s*)?${SOME}\\]\\s*$`, "du"),
  ];
  const EACH = new RegExp(ONE, "gu");

  function unknownIn(line) {
    const found = new Map();
    if (!/\p{Lu}{2}/u.test(line)) return [];
    for (const place of PLACES) {
      const matches = place.global ? line.matchAll(place) : [place.exec(line)].filter(Boolean);
      for (const match of matches) {
        for (const one of match[1].matchAll(EACH)) {
          const start = match.indices[1][0] + one.index;
          if (!known.has(fold(one[0]))) found.set(start, one[0]);
        }
      }
    }
    return Array.from(found, ([start, words]) => ({ start, words })).sort((a, b) => a.start - b.start);
  }

  let lines = [];
  let unknown = []; // of each line

  function row(line, marks) {
    const written = document.createElement("div");
    let end = 0;
    for (const { start, words } of marks) {
      if (start < end) continue;
      const mark = document.createElement("mark");
      mark.textContent = words;
      written.append(line.slice(end, start), mark);
      end = start + words.length;
    }
    written.append(line.slice(end) || (end ? "" : "\u200b"));
    return written;
  }

  function paint() {
    const next = box.value.split("\n");
    const most = Math.min(lines.length, next.length);
    let start = 0;
    while (start < most && lines[start] === next[start]) start += 1;
    let end = 0;
    while (end < most - start && lines[lines.length - 1 - end] === next[next.length - 1 - end]) end += 1;
    const gone = lines.length - end - start;
    const fresh = next.slice(start, next.length - end);
    if (gone) {
      const range = document.createRange();
      range.setStartBefore(under.children[start]);
      range.setEndAfter(under.children[start + gone - 1]);
      range.deleteContents();
    }
    const marks = fresh.map(unknownIn);
    const rows = document.createDocumentFragment();
    fresh.forEach((line, index) => rows.append(row(line, marks[index])));
    under.insertBefore(rows, under.children[start] || null);
    lines = next;
    unknown = unknown.slice(0, start).concat(marks, unknown.slice(start + gone));
    requestAnimationFrame(follow); // asked for now, the place would cost a layout of the whole text
    tellSoon();
  }

  function paintAnew() {
    lines = [];
    unknown = [];
    under.replaceChildren();
    paint();
  }

  function follow() {
    under.scrollTop = box.scrollTop;
  }

  function fit() {
    under.style.width = `${box.clientWidth}px`;
    under.style.height = `${box.clientHeight}px`;
    follow();
  }

  let telling = 0;
  function tellSoon() {
    clearTimeout(telling);
    telling = setTimeout(tell, 1000); // who hears the page is told once the typing rests
  }

  function tell() {
    const where = new Map();
    unknown.forEach((marks, index) => marks.forEach(({ words }) => {
      if (!where.has(words)) where.set(words, []);
      if (!where.get(words).includes(index + 1)) where.get(words).push(index + 1);
    }));
    const told = Array.from(where, ([words, numbers]) => {
      const few = numbers.slice(0, 3).join(", ") + (numbers.length > 3 ? " …" : "");
      const form = ngettext("%(initials)s (line %(numbers)s)", "%(initials)s (lines %(numbers)s)", numbers.length);
      return interpolate(form, { initials: words, numbers: few }, true);
    });
    const names = told.slice(0, MOST_TOLD).join(", ");
    const more = told.length - MOST_TOLD;
    const form = more > 0
      ? ngettext("Not known: %(names)s and %(count)s more", "Not known: %(names)s and %(count)s more", more)
      : gettext("Not known: %(names)s");
    const words = told.length ? interpolate(form, { names, count: more }, true) : "";
    if (unknownList.textContent !== words) unknownList.textContent = words;
  }

  // --- writing into the box -----------------------------------------------------------------------------------------

  let isInserting = false;

  function insert(words, start, end) {
    if (!words && start === end) return;
    isInserting = true;
    box.focus();
    box.setSelectionRange(start, end);
    // The browser's own way keeps what can be undone; where it has none the text is set.
    const done = words ? document.execCommand("insertText", false, words) : document.execCommand("delete");
    if (!done && start !== end + words.length) {
      box.setRangeText(words, start, end, "end");
      box.dispatchEvent(new Event("input", { bubbles: true }));
    }
    isInserting = false;
  }

  function replaceBox(text) {
    const old = box.value;
    if (old === text) return;
    let start = 0;
    while (start < old.length && start < text.length && old[start] === text[start]) start += 1;
    let end = 0;
    const room = Math.min(old.length, text.length) - start;
    while (end < room && old[old.length - 1 - end] === text[text.length - 1 - end]) end += 1;
    insert(text.slice(start, text.length - end), start, old.length - end);
    if (box.value !== text) {
      box.value = text;
      box.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  /* The same line as the project's own form has it, where the notes are written in that. */
  function inTheirForm(line) {
    if (!box.value.startsWith("Minutes of:")) return line;
    return line.replace(/^- /, "").replace(/^## /, "# ").replace(/^(A\d+: )/, "Review $1");
  }

  function insertLine(wanted) {
    const words = inTheirForm(wanted);
    const at = box.selectionEnd;
    const start = box.value.lastIndexOf("\n", at - 1) + 1;
    const stop = box.value.indexOf("\n", at);
    const end = stop < 0 ? box.value.length : stop;
    const line = box.value.slice(start, end);
    const isSpeaker = new RegExp(`^\\s*(?:[-*•·]\\s*)?${ONE}:\\s*$`, "u").test(line);
    if (!line.trim() || isSpeaker) {
      insert((isSpeaker && !/\s$/.test(line) ? " " : "") + words, end, end);
    } else {
      insert(`\n${words}`, end, end);
    }
  }

  // --- a list to choose from, at the caret --------------------------------------------------------------------------

  let choices = []; // what the open list offers: its label, and what to do
  let active = -1;

  const isOpen = () => !list.hidden;

  function open(found, announcement, { first = -1 } = {}) {
    const wasOpen = isOpen();
    choices = found;
    list.replaceChildren(...found.map((choice, index) => {
      const option = document.createElement("li");
      option.id = `box-name-${index}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.textContent = choice.label;
      option.addEventListener("mousedown", (event) => event.preventDefault());
      option.addEventListener("click", () => take(index));
      return option;
    }));
    list.hidden = false;
    box.setAttribute("aria-controls", "box-names");
    activate(first);
    place();
    if (!wasOpen) offer.textContent = announcement;
  }

  function close() {
    if (!isOpen()) return;
    list.hidden = true;
    choices = [];
    active = -1;
    offer.textContent = "";
    box.removeAttribute("aria-activedescendant");
    box.removeAttribute("aria-controls");
  }

  function activate(index) {
    active = index;
    Array.from(list.children).forEach((option, number) => option.setAttribute("aria-selected", String(number === index)));
    if (index < 0) {
      box.removeAttribute("aria-activedescendant");
    } else {
      box.setAttribute("aria-activedescendant", `box-name-${index}`);
      list.children[index].scrollIntoView({ block: "nearest" });
    }
  }

  function take(index) {
    const choice = choices[index];
    close();
    choice.take();
  }

  function place() {
    const before = box.value.slice(0, box.selectionEnd);
    const number = before.split("\n").length - 1;
    const column = before.length - before.lastIndexOf("\n") - 1;
    const written = under.children[number];
    const frame = under.parentElement.getBoundingClientRect();
    let at = written ? written.getBoundingClientRect() : frame;
    if (written) {
      let left = column;
      const walker = document.createTreeWalker(written, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        if (left <= node.length) {
          const range = document.createRange();
          range.setStart(node, left);
          const found = range.getClientRects()[0];
          if (found) at = found;
          break;
        }
        left -= node.length;
      }
    }
    const room = Math.max(0, frame.width - list.offsetWidth);
    list.style.left = `${Math.min(Math.max(0, at.left - frame.left), room)}px`;
    const top = at.top - frame.top + 26;
    list.style.top = `${Math.max(0, Math.min(top, frame.height))}px`;
  }

  function complete() {
    const at = box.selectionEnd;
    if (at !== box.selectionStart || /[\p{L}\d]/u.test(box.value.charAt(at))) return close();
    const before = box.value.slice(Math.max(0, at - 60), at);
    const typed = /(?:^|[\s([/,:;–—-])(\p{Lu}[\p{L}’'-]*)$/u.exec(before);
    if (!typed || typed[1].length < 2) return close();
    const word = typed[1];
    const start = at - word.length;
    const isInitials = /^[\p{Lu}-]+$/u.test(word);
    const found = [];
    for (const one of people) {
      const initials = one.initials.find((each) => fold(each).startsWith(fold(word)));
      if (isInitials && initials) {
        found.push({ words: initials, label: `${initials} – ${one.name}` });
      } else if (!isInitials && one.name !== word) {
        const low = word.toLowerCase();
        const fits = one.name.toLowerCase().split(/[\s-]+/).some((part) => part.startsWith(low));
        if (fits) found.push({ words: one.name, label: `${one.name} (${one.initials[0]})` });
      }
    }
    const offered = found.slice(0, MOST_OFFERED);
    if (!offered.length || (isInitials && offered.every(({ words }) => fold(words) === fold(word)))) return close();
    for (const choice of offered) choice.take = () => insert(choice.words, start, start + word.length);
    const form = ngettext(
      "%(count)s name to choose from with the arrow keys",
      "%(count)s names to choose from with the arrow keys",
      offered.length,
    );
    open(offered, interpolate(form, { count: offered.length }, true));
  }

  function offerLines() {
    const found = Array.from(tools.querySelectorAll("button"), (button) => ({
      label: button.textContent,
      take: () => insertLine(button.dataset.start),
    }));
    open(found, gettext("Lines to insert: choose with the arrow keys and Enter"), { first: 0 });
  }

  // --- keys ---------------------------------------------------------------------------------------------------------

  function onListKey(event) {
    if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    const count = choices.length;
    const taken = active < 0 ? 0 : active;
    if (event.key === "ArrowDown") activate((active + 1) % count);
    else if (event.key === "ArrowUp") activate(active <= 0 ? count - 1 : active - 1);
    else if (event.key === "Enter" && active >= 0 && !event.shiftKey) take(active);
    else if (event.key === "Tab" && !event.shiftKey) take(taken);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  function toQuestion(step) {
    const fields = Array.from(document.querySelectorAll(".reading-questions fieldset"));
    if (!fields.length) return;
    const here = fields.findIndex((one) => one.contains(document.activeElement));
    const next = here < 0 ? (step > 0 ? 0 : fields.length - 1) : (here + step + fields.length) % fields.length;
    fields[next].querySelector("select, input").focus();
  }

  function toggleHelp() {
    const help = document.getElementById("record-help");
    help.open = !help.open;
    if (help.open) help.querySelector("summary").focus();
    else box.focus();
  }

  function save() {
    const button = document.querySelector('.record-writing button[name="save"]');
    // What is published already, highlights too, changes for everyone: a habit of the fingers is not enough for that.
    const has = (name) => document.querySelector(`.record-writing button[name="${name}"]`) !== null;
    if (has("publish") && !has("take-back")) button.click();
    else button.focus();
  }

  function onKey(event) {
    const isCtrl = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (isCtrl && event.key.toLowerCase() === "s") save();
    else if (isCtrl && event.key === "Enter") box.dispatchEvent(new Event("read-now"));
    else if (isPlain && event.key === "F8") toQuestion(event.shiftKey ? -1 : 1);
    else if (isPlain && !event.shiftKey && event.key === "F2") box.focus();
    else if (isPlain && !event.shiftKey && event.key === "F9") toggleHelp();
    else if (isPlain && !event.shiftKey && event.key === "F4") {
      box.focus();
      offerLines();
    } else return;
    event.preventDefault();
  }

  // --- the buttons around the box -----------------------------------------------------------------------------------

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.matches(".put-line")) insertLine(button.dataset.line);
    else if (button.matches("[data-start]")) insertLine(button.dataset.start);
    else if (button.name === "begin" && box.value.trim()) {
      const replace = button.form.elements.replace;
      if (window.confirm(gettext("Put the new text in place of what is in the box?"))) replace.value = "on";
      else event.preventDefault();
    }
  });

  let asked = null; // the text for which the lists were asked
  document.body.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.elt.closest?.("#record-attendance")) asked = box.value;
  });
  document.body.addEventListener("htmx:afterSwap", () => {
    const made = document.getElementById("record-new-text");
    if (made) {
      const panel = made.closest("#record-attendance");
      if (asked !== box.value) {
        panel.querySelector(".record-notice").textContent = gettext("You wrote on meanwhile: press the button again.");
      } else {
        const at = box.scrollTop;
        replaceBox(made.value);
        box.scrollTop = at;
      }
      made.remove();
      panel.querySelector('[name="put_lists"]').focus();
    }
    if (learn()) paintAnew();
  });

  // --- begin --------------------------------------------------------------------------------------------------------

  document.querySelectorAll(".put-line").forEach((button) => { button.hidden = false; });
  tools.hidden = false;
  box.parentElement.classList.add("is-helped");
  box.setAttribute("aria-autocomplete", "list");
  box.parentElement.append(list);
  learn();
  fit();
  paint();
  new ResizeObserver(fit).observe(box);
  box.addEventListener("scroll", () => { follow(); if (isOpen()) place(); });
  box.addEventListener("input", (event) => {
    paint();
    if (isInserting) close();
    else if (event.inputType === "insertText" && document.activeElement === box) complete();
    else if (event.inputType === "deleteContentBackward" && isOpen()) complete();
    else close();
  });
  box.addEventListener("keydown", (event) => { if (isOpen()) onListKey(event); });
  box.addEventListener("blur", close);
  box.addEventListener("click", close);
  document.addEventListener("keydown", (event) => { if (!event.defaultPrevented) onKey(event); });
})();
