// Says what htmx keeps to itself: that a form could not be sent, or that the answer had no words in it. And leaves in
// this browser nothing that another user typed.

function trouble() {
  const place = document.getElementById("trouble");
  place.textContent = "";
  const words = document.createElement("p");
  words.className = "notice notice-error";
  words.textContent = place.dataset.unreachable;
  place.append(words);
  place.scrollIntoView();
}

document.addEventListener("htmx:sendError", trouble);
document.addEventListener("htmx:timeout", trouble);
document.addEventListener("htmx:responseError", (event) => {
  if (!event.detail.xhr.responseText.includes("<main") && !event.detail.xhr.getResponseHeader("HX-Reselect")) {
    trouble();
  }
});
document.addEventListener("htmx:beforeRequest", () => {
  document.getElementById("trouble").textContent = "";
});

// Notes that never reached the server wait here for whoever typed them (meetings/record-drafts.js), and for nobody else.
function forgetOthers(user) {
  try {
    Object.keys(localStorage)
      .filter((key) => key.startsWith("wmodf-draft:") && !key.startsWith(`wmodf-draft:${user}:`))
      .forEach((key) => localStorage.removeItem(key));
  } catch {
    // A browser that lets nobody at its store has kept nothing either.
  }
}

forgetOthers(document.body.dataset.user);
