// The admin's fields that find people by typing are built by a script that gives them no name: they get their label's.

function nameOf(select) {
  const label = document.querySelector(`label[for="${CSS.escape(select.id)}"]`);
  const built = select.nextElementSibling;
  const combobox = built && built.querySelector('[role="combobox"]');
  const value = combobox && combobox.querySelector(".select2-selection__rendered");
  if (!label || !value) return;
  label.id = `${select.id}-label`;
  value.removeAttribute("role");
  value.removeAttribute("aria-readonly");
  combobox.setAttribute("aria-labelledby", `${label.id} ${value.id}`);
  combobox.setAttribute("aria-controls", value.id.replace(/-container$/, "-results"));
}

function nameAll() {
  document.querySelectorAll("select.select2-hidden-accessible").forEach(nameOf);
}

// After the admin's own, which builds them when jQuery says that the page is there.
if (window.django && window.django.jQuery) window.django.jQuery(nameAll);
document.addEventListener("formset:added", () => setTimeout(nameAll));
document.addEventListener("focusin", (event) => {
  if (event.target.matches(".select2-search__field")) event.target.setAttribute("aria-label", gettext("Type to find"));
});
