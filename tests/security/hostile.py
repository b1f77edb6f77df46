"""Watches a browser for script that runs, and provokes what only runs when it is touched."""

from dataclasses import dataclass, field

from playwright.sync_api import BrowserContext, Page

# What the vectors call when they run. Replaced before any script of the page, so that a call is heard.
TRAP = """
for (const name of ["alert", "confirm", "prompt", "print", "xss", "XSS", "parent_alert"]) {
  Object.defineProperty(window, name, {
    configurable: true, writable: true,
    value: (...words) => { window.ran(`${name}(${words}) at ${location.href}`); return false; },
  });
}
"""

# Every element is clicked, pointed at, focused and told of errors, without leaving the page.
PROVOKE = """
() => {
  for (const kind of ["click", "auxclick", "submit"])
    window.addEventListener(kind, (event) => event.preventDefault(), true);
  const kinds = ["click", "dblclick", "mouseover", "mouseenter", "mousemove", "pointerover", "pointerdown", "focus",
    "focusin", "error", "load", "toggle", "animationstart", "animationend", "transitionend", "beforetoggle", "input",
    "change", "scroll", "wheel", "copy", "cut", "paste", "drag", "drop", "keydown", "contextmenu", "begin", "end"];
  for (const element of document.querySelectorAll(".prose *, .story *, [data-hostile] *, td *"))
    for (const kind of kinds) element.dispatchEvent(new Event(kind, { bubbles: false, cancelable: true }));
}
"""

# What must not stand inside a member's text, whatever it does.
FOREIGN = """
() => [...document.querySelectorAll(".prose *, .disclaimer *, .summary *, .story h1 *")].flatMap((element) => {
  if (element.closest("[contenteditable=false]")) return [];  // the editor's own buttons
  // The editor gives the tables it shows a least width of its own.
  const edited = element.closest("[contenteditable=true]") && ["TABLE", "COL"].includes(element.tagName);
  const wrong = [...element.attributes].filter(({ name, value }) =>
    !(edited && name === "style" && /^min-width: \\d+px;$/.test(value)) && (
    name.startsWith("on") || ["style", "srcdoc", "formaction", "name", "background"].includes(name) ||
    (["href", "src", "action", "data", "poster"].includes(name) &&
      /^\\s*(javascript|data|vbscript|file):/i.test(value))));
  const tags = ["SCRIPT", "STYLE", "IFRAME", "OBJECT", "EMBED", "FORM", "INPUT", "BUTTON", "SVG", "MATH",
    "BASE", "META", "LINK", "TEMPLATE", "VIDEO", "AUDIO", "MARQUEE", "TEXTAREA", "SELECT", "NOSCRIPT",
    "FRAMESET"];
  return wrong.length || tags.includes(element.tagName.toUpperCase()) ? [element.outerHTML.slice(0, 200)] : [];
})
"""


@dataclass
class Watch:
    """What ran in any page of a context, and what foreign markup was found."""

    ran: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext) -> Page:
        """A page of the context that is watched from its first script on."""
        context.expose_function("ran", self.hear)
        context.add_init_script(TRAP)
        page = context.new_page()
        page.on("dialog", self.dismiss)
        return page

    def hear(self, call: str) -> None:
        self.ran.append(call)

    def dismiss(self, dialog) -> None:
        if dialog.type != "beforeunload":
            self.ran.append(f"dialog {dialog.message}")
        dialog.dismiss()

    def look(self, page: Page, path: str) -> None:
        """Opens the page, touches everything on it, and looks for markup that is not ours."""
        page.goto(path, wait_until="load")
        self.touch(page)

    def touch(self, page: Page) -> None:
        page.evaluate(PROVOKE)
        self.foreign += [f"{page.url}: {found}" for found in page.evaluate(FOREIGN)]
