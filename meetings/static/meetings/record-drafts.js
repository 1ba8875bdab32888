// Nothing typed on the record page is lost. The text goes to the server within three seconds of a change; until the
// server has confirmed it, a copy lies in this browser. Where either fails, a line says so, and it is tried again.

const PREFIX = "wmodf-draft:";
const TICK = 500; // how often the box is looked at; whoever changes it, nobody need tell
const PAUSE = 1_000; // typing stopped for so long
const LONGEST_WAIT = 2_000; // or it has gone on for so long
const BEAT = 15_000;
const AGAIN = 5_000;
const PATIENCE = 10_000; // for one answer
const SAVING = 60_000; // so long the page waits for the answer to its form
const FAREWELL = 60_000; // bytes that a browser sends for a page that is gone: 64 KiB with everything around them

const place = document.getElementById("record-drafts");
const box = document.getElementById("id_text");
if (place && box && !box.readOnly) {
  start();
}

function start() {
  const language = document.documentElement.lang;
  const form = document.getElementById("record-form");
  const shown = document.getElementById("draft-shown");
  const said = document.getElementById("draft-said");
  const staleLine = document.getElementById("draft-stale");
  const editors = document.getElementById("record-editors");
  const copies = document.getElementById("draft-copies");
  const { url, login, user, meeting } = place.dataset;
  const editor = form.elements.editor.value;
  const base = Number(form.elements.base_revision.value);
  const mine = `${PREFIX}${user}:${meeting}:`;
  const key = mine + editor;

  const opened = box.defaultValue; // not what was typed while this script was on its way
  let kept = "unkept" in place.dataset ? null : opened; // what the server has
  let keptAt = "";
  let seen = box.value;
  let typedAt = 0; // when it last changed
  let waitingSince = 0; // since when there is something to send
  let serial = 0;
  let sending = null;
  let trouble = "";
  let nextTry = 0;
  let nextBeat = Date.now() + 1_000;
  let freshToken = false;
  let refused = null; // the text that the server would not take
  let revision = base;
  let stored = null; // what the browser's copy holds
  let canStore = true;
  // Copies of other pages that this one took over: they go once the server has the text.
  let taken = place.dataset.former ? [mine + place.dataset.former] : [];
  let submitted = null;
  let submittedAt = 0;

  // --- the browser's copy ---

  function store(value) {
    if (trouble === "other") {
      return; // somebody else sits here now
    }
    try {
      localStorage.setItem(key, JSON.stringify({ text: value, at: Date.now(), base, editor }));
      canStore = true;
    } catch {
      canStore = false;
    }
    stored = value;
  }

  function drop(...keys) {
    try {
      for (const one of keys) {
        localStorage.removeItem(one);
      }
    } catch {
      // A browser that lets nobody at its store has kept nothing either.
    }
  }

  function allKeys() {
    try {
      return Object.keys(localStorage).filter((one) => one.startsWith(PREFIX));
    } catch {
      return [];
    }
  }

  function read(one) {
    try {
      const copy = JSON.parse(localStorage.getItem(one));
      return typeof copy.text === "string" ? { ...copy, key: one } : null;
    } catch {
      return null;
    }
  }

  /** The copies of this user's other pages on this meeting; those of other users, and those that were saved, go. */
  function foundCopies() {
    drop(...allKeys().filter((one) => !one.startsWith(`${PREFIX}${user}:`)));
    const address = new URL(location.href);
    const saved = address.searchParams.get("saved");
    if (saved) {
      drop(mine + saved);
      address.searchParams.delete("saved");
      history.replaceState(history.state, "", address);
    }
    const found = allKeys().filter((one) => one.startsWith(mine) && one !== key).map(read).filter(Boolean);
    const same = found.filter((copy) => copy.text === box.value || !copy.text.trim());
    if (kept !== null) {
      drop(...same.map((copy) => copy.key));
    } else {
      taken.push(...same.map((copy) => copy.key));
    }
    return found.filter((copy) => !same.includes(copy) && !taken.includes(copy.key)).sort((one, other) => other.at - one.at);
  }

  /** Put a newer copy into the box, where it goes on from what is there; offer the others. */
  function offerCopies() {
    const found = foundCopies();
    const newest = found[0];
    const { origin, originAt } = place.dataset;
    const isNext = newest && newest.base === base && Number(place.dataset.revision) === base && kept !== null
      && !("wanted" in place.dataset)
      && (!origin || newest.editor === origin || newest.at > 1_000 * Number(originAt));
    if (isNext) {
      putIn(newest);
    }
    found.slice(isNext ? 1 : 0).forEach(offer);
  }

  function putIn(copy) {
    let other = box.value;
    fill(copy.text);
    taken.push(copy.key);
    const form = gettext("These are your unsaved changes of %(time)s, which only this browser had.");
    const notice = note(interpolate(form, { time: clock(copy.at) }, true));
    const before = gettext("Show what was there before");
    const button = add(notice, before, () => {
      const now = box.value;
      fill(other);
      other = now;
      button.textContent = button.textContent === before ? gettext("Show my changes again") : before;
    });
  }

  function offer(copy) {
    const size = copy.text.length;
    const form = ngettext(
      "This browser holds %(size)s character of %(time)s that never reached the server.",
      "This browser holds %(size)s characters of %(time)s that never reached the server.",
      size,
    );
    const notice = note(interpolate(form, { size: size.toLocaleString(language), time: clock(copy.at) }, true));
    add(notice, gettext("Put them into the box"), () => {
      notice.remove();
      putIn(copy);
      box.focus();
    });
    add(notice, gettext("Drop them"), () => {
      drop(copy.key);
      notice.remove();
      box.focus();
    });
  }

  function fill(text) {
    box.value = text;
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function note(words) {
    const notice = document.createElement("div");
    notice.className = "record-notice";
    const line = document.createElement("p");
    const strong = document.createElement("strong");
    strong.textContent = words;
    line.append(strong);
    const choices = document.createElement("div");
    choices.className = "draft-choices";
    notice.append(line, choices);
    copies.append(notice);
    return notice;
  }

  function add(notice, words, act) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = words;
    button.addEventListener("click", act);
    notice.lastElementChild.append(button);
    return button;
  }

  // --- what the line says ---

  function clock(at) {
    const moment = new Date(at);
    const time = moment.toLocaleTimeString(language);
    const isToday = moment.toDateString() === new Date().toDateString();
    const day = moment.toLocaleDateString(language, { day: "numeric", month: "long", year: "numeric" });
    return isToday ? time : interpolate(gettext("%(time)s on %(day)s"), { time, day }, true);
  }

  function words(refusal) {
    const onThisPage = gettext("Your text is on this page only: leave it open.");
    const where = canStore ? gettext("Your text stays in this browser.") : onThisPage;
    const again = gettext("It is tried again every 5 seconds.");
    const isKept = box.value === kept;
    const keptThen = keptAt ? interpolate(gettext("Kept at %(time)s"), { time: keptAt }, true) : "";
    switch (trouble) {
      case "":
      case "retrying":
        return keptThen || gettext("What you type is kept as you type.");
      case "unreachable":
        return isKept
          ? `${keptThen ? `${keptThen}. ` : ""}${gettext("The server can’t be reached.")} ${again}`
          : `${gettext("Not kept: the server can’t be reached.")} ${where} ${again}`;
      case "failing":
        return `${gettext("Not kept: the server can’t take it just now.")} ${where} ${again}`;
      case "loggedOut":
        return isKept ? gettext("You are logged out.") : `${gettext("Not kept: you are logged out.")} ${where}`;
      case "other":
        return `${gettext("Not kept: somebody else is logged in in this browser now.")} ${onThisPage}`;
      case "forbidden":
        return `${gettext("Not kept: you may not change these notes any more. Copy your text.")} ${where}`;
      default:
        return `${refusal} ${where}`;
    }
  }

  let lastSaid = "";
  let refusal = "";

  function tell() {
    const sentence = words(refusal);
    if (shown.dataset.sentence !== sentence) {
      shown.dataset.sentence = sentence;
      shown.textContent = sentence;
      if (trouble === "loggedOut" || trouble === "other") {
        const link = document.createElement("a");
        link.href = login;
        link.target = "_blank";
        link.rel = "noopener";
        link.textContent = trouble === "other" ? gettext("Log in as yourself in another tab") : gettext("Log in in another tab");
        shown.append(" ", link, ` ${gettext("Then go on here.")}`);
      }
    }
    place.classList.toggle("is-trouble", trouble !== "" && trouble !== "retrying");
    // Aloud only where something begins or ends: never at each keeping.
    if (trouble !== lastSaid && trouble !== "retrying") {
      said.textContent = trouble ? shown.textContent : gettext("What you type is kept again.");
      lastSaid = trouble;
    }
  }

  function fail(kind, why = "") {
    trouble = kind;
    refusal = why;
    nextTry = Date.now() + AGAIN;
    if (kind === "other") {
      drop(key);
      stored = null;
    }
    if (kind === "other" || box.value === kept) {
      return;
    }
    if (stored !== box.value) {
      store(box.value);
    }
  }

  // --- to the server and back ---

  function parcel(value) {
    const data = new FormData();
    data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    data.set("editor", editor);
    data.set("base_revision", base);
    if (value !== null) {
      serial += 1;
      data.set("serial", serial);
      data.set("text", value);
    }
    return data;
  }

  async function send(value) {
    const control = new AbortController();
    const timer = setTimeout(() => control.abort(), PATIENCE);
    sending = control;
    try {
      const response = await fetch(url, { method: "POST", body: parcel(value), redirect: "manual", signal: control.signal });
      if (response.ok) {
        confirm(await response.json(), value);
      } else if (response.status === 403 || response.type === "opaqueredirect") {
        await whoIsThere(control.signal);
      } else if ((response.headers.get("Content-Type") || "").startsWith("application/json")) {
        refused = value;
        fail("refused", (await response.json()).said);
      } else {
        fail("failing");
      }
    } catch {
      if (submitted === null) {
        fail("unreachable"); // else it was broken off for the form
      }
    } finally {
      clearTimeout(timer);
      if (sending === control) {
        sending = null;
      }
      nextBeat = Date.now() + BEAT;
      tell();
    }
  }

  function confirm(answer, value) {
    freshToken = false;
    if (trouble !== "refused" || value !== null) {
      trouble = ""; // that a text was too long does not change by waiting
    }
    if (value !== null) {
      kept = value;
      keptAt = answer.kept;
      if (box.value === value) {
        waitingSince = 0;
        stored = null;
        drop(key);
      }
      drop(...taken);
      taken = [];
    }
    if (answer.revision !== revision) {
      revision = answer.revision;
      // What was saved may have put this page's draft away: say that it is still being typed.
      kept = box.value === opened ? kept : null;
    }
    if (revision !== base && staleLine.hidden) {
      staleLine.textContent = gettext("Somebody saved these notes meanwhile: when you save, both texts are shown.");
      staleLine.hidden = false;
      said.textContent = staleLine.textContent;
    }
    if (answer.editors.join("\n") !== editors.dataset.sentences) {
      editors.dataset.sentences = answer.editors.join("\n");
      editors.hidden = answer.editors.length === 0;
      editors.replaceChildren(...answer.editors.map((sentence) => {
        const line = document.createElement("li");
        line.textContent = sentence;
        return line;
      }));
    }
  }

  /** After a refusal: whether anybody is logged in here still, and whether it is the same; then with a new token. */
  async function whoIsThere(signal) {
    const response = await fetch(url, { redirect: "manual", signal });
    if (response.type === "opaqueredirect") {
      fail("loggedOut");
    } else if (!response.ok) {
      fail(response.status === 403 ? "forbidden" : "failing");
    } else {
      const answer = await response.json();
      if (String(answer.user) !== user) {
        fail("other");
        return;
      }
      for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) {
        field.value = answer.token;
      }
      if (freshToken) {
        fail("failing");
      } else {
        freshToken = true;
        trouble ||= "retrying";
        nextTry = 0; // at once, but only once
      }
    }
  }

  // --- when ---

  function tick() {
    const now = Date.now();
    const value = box.value;
    if (value !== seen) {
      seen = value;
      typedAt = now;
      waitingSince ||= now;
    }
    if (submitted !== null) {
      if (now - submittedAt < SAVING) {
        return; // the form is on its way; what it holds is not to come after it as a draft
      }
      submitted = null;
    }
    const isDirty = value !== kept;
    if (isDirty && value !== stored) {
      store(value);
    } else if (!isDirty && stored !== null) {
      stored = null;
      drop(key);
    }
    if (sending) {
      return;
    }
    if (trouble) {
      if (now >= nextTry) {
        nextTry = now + AGAIN;
        send(isDirty && !(trouble === "refused" && value === refused) ? value : null);
      }
    } else if (isDirty && (kept === null || now - typedAt >= PAUSE || now - waitingSince >= LONGEST_WAIT)) {
      waitingSince = 0;
      send(value);
    } else if (now >= nextBeat) {
      send(null);
    }
  }

  /** The page is put aside or goes: what is small enough still arrives; the browser's copy holds the rest. */
  function farewell(isLeaving) {
    const value = box.value;
    const isDirty = value !== kept && value !== submitted;
    if (value !== kept) {
      store(value);
    }
    if ((submitted !== null && !isDirty) || trouble === "other" || (!isDirty && !isLeaving)) {
      return;
    }
    const data = parcel(isDirty && new Blob([value]).size < FAREWELL ? value : null);
    if (isLeaving) {
      data.set("is_leaving", "on");
    }
    if (!navigator.sendBeacon?.(url, data)) {
      fetch(url, { method: "POST", body: data, keepalive: true, redirect: "manual" }).catch(() => {});
    }
  }

  window.addEventListener("pagehide", () => farewell(true));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") {
      farewell(false);
    } else {
      nextTry = 0;
    }
  });
  // Whoever comes back, from logging in or from a place without a network, need not wait.
  for (const back of ["focus", "online"]) {
    window.addEventListener(back, () => {
      nextTry = 0;
    });
  }
  // What was sent before the form and arrives after it is the older text.
  form.addEventListener("formdata", (event) => {
    serial += 1;
    event.formData.set("serial", serial);
  });
  form.addEventListener("submit", () => {
    submitted = box.value;
    submittedAt = Date.now();
    if (submitted !== kept) {
      store(submitted);
    }
    sending?.abort();
  });
  document.getElementById("draft-drop")?.addEventListener("submit", async (event) => {
    event.preventDefault();
    const value = box.value;
    if (value !== kept) {
      await send(value); // so that what was typed on top of it is among the versions too
    }
    submitted = value;
    submittedAt = Date.now();
    event.target.submit();
  });

  offerCopies();
  tell();
  setInterval(tick, TICK);
}
