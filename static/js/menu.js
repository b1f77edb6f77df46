// A menu is a <details data-menu>. It works without this; this closes it on Escape, on a click elsewhere, when focus leaves.
function openMenus() {
  return document.querySelectorAll("details[data-menu][open]")
}

document.addEventListener("click", (event) => {
  for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false
})

document.addEventListener("focusin", (event) => {
  for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false
})

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return
  for (const menu of openMenus()) {
    const summary = menu.querySelector("summary")
    if (menu.contains(document.activeElement)) summary.focus()
    menu.open = false
  }
})
