// Opens the buttons of passkeys once their scripts have come: allauth's handlers wait for the same event, and whoever
// pressed before it would send an empty form, or nothing.

document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll("[data-until-scripts]").forEach((button) => {
    button.disabled = false;
  });
});
