// The reader's choice of colours. Loaded in the head and not deferred, so that no page flashes in the wrong ones.
(() => {
  const root = document.documentElement
  const key = "theme"

  function chosen() {
    try {
      return localStorage.getItem(key) || ""
    } catch {
      return "" // storage is switched off: the system's colours, then
    }
  }

  function apply(theme) {
    if (theme) root.dataset.theme = theme
    else delete root.dataset.theme
  }

  function keep(theme) {
    try {
      if (theme) localStorage.setItem(key, theme)
      else localStorage.removeItem(key)
    } catch {
      // shown for this page only
    }
  }

  function mark() {
    const theme = root.dataset.theme || ""
    for (const button of document.querySelectorAll("[data-theme-choice]")) {
      button.setAttribute("aria-pressed", String(button.dataset.themeChoice === theme))
    }
  }

  apply(chosen())
  addEventListener("storage", (event) => {
    if (event.key !== key) return
    apply(event.newValue || "")
    mark()
  })
  document.addEventListener("DOMContentLoaded", () => {
    for (const group of document.querySelectorAll("[data-themes]")) group.hidden = false
    mark()
  })
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-theme-choice]")
    if (!button) return
    apply(button.dataset.themeChoice)
    keep(button.dataset.themeChoice)
    mark()
  })
})()
