// Says what htmx keeps to itself: that a form could not be sent, or that the answer had no words in it.

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
