// A dialog with fields, answered once: the values, or null when it was closed.
export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(properties)) {
    if (name.includes("-") || name === "role" || name === "for") element.setAttribute(name, value)
    else element[name] = value
  }
  element.append(...children)
  return element
}

let count = 0

function fieldFor(spec) {
  const id = `dialog-${(count += 1)}`
  const control = make(spec.type === "area" ? "textarea" : "input", {
    id,
    name: spec.name,
    autocomplete: "off",
    "aria-describedby": `${id}-help ${id}-error`,
  })
  if (spec.type === "area") control.rows = 3
  else control.type = spec.type || "text"
  if (spec.type === "checkbox") control.checked = Boolean(spec.value)
  else control.value = spec.value || ""
  if (spec.inputMode) control.inputMode = spec.inputMode
  if (spec.maxLength) control.maxLength = spec.maxLength
  if (spec.type === "number") Object.assign(control, { min: spec.min, max: spec.max })
  if (spec.lang) control.lang = spec.lang
  if (spec.dir) control.dir = spec.dir
  const label = make("label", { for: id, textContent: spec.label })
  const error = make("p", { id: `${id}-error`, className: "field-error" })
  const help = make("p", { id: `${id}-help`, className: "help", textContent: spec.help || "" })
  const isTick = spec.type === "checkbox"
  const parts = isTick ? [control, label, error, help] : [label, error, control, help]
  return { spec, control, error, box: make("div", { className: isTick ? "field tick" : "field" }, ...parts) }
}

function read(fields) {
  return Object.fromEntries(
    fields.map(({ spec, control }) => [spec.name, spec.type === "checkbox" ? control.checked : control.value.trim()]),
  )
}

// `check(values)` gives {name: what is wrong} or nothing. `others` are buttons besides: {name, label}; `links` lead
// out of the page: {label, href}.
export function ask({ title, words, picture, fields = [], button, others = [], links = [], check = () => null }) {
  return new Promise((resolve) => {
    const made = fields.map(fieldFor)
    const heading = make("h2", { id: `dialog-title-${(count += 1)}`, textContent: title })
    const actions = make("div", { className: "form-actions" })
    actions.append(make("button", { className: "button button-primary", textContent: button }))
    for (const other of others) {
      actions.append(make("button", { className: "button", textContent: other.label, value: other.name, formNoValidate: true }))
    }
    for (const { label, href } of links) {
      actions.append(make("a", { className: "button", href, target: "_blank", rel: "noopener noreferrer", textContent: label }))
    }
    const cancel = make("button", { className: "button button-plain", type: "button", textContent: "Cancel" })
    actions.append(cancel)
    const form = make("form", { className: "form", noValidate: true }, ...made.map(({ box }) => box), actions)
    const box = make("dialog", { "aria-labelledby": heading.id }, heading)
    if (words) box.append(make("p", { textContent: words }))
    if (picture) box.append(make("div", { className: "cover-preview" }, make("img", { src: picture, alt: "" })))
    box.append(form)

    let answer = null
    const before = document.activeElement
    form.addEventListener("submit", (event) => {
      event.preventDefault()
      event.stopPropagation()
      const pressed = event.submitter?.value
      const values = read(made)
      const wrong = pressed ? null : check(values)
      for (const { spec, control, error } of made) {
        error.textContent = wrong?.[spec.name] || ""
        control.toggleAttribute("aria-invalid", Boolean(wrong?.[spec.name]))
        if (wrong?.[spec.name]) control.setAttribute("aria-invalid", "true")
      }
      if (wrong) {
        made.find(({ spec }) => wrong[spec.name])?.control.focus()
        return
      }
      answer = { ...values, pressed: pressed || "" }
      box.close()
    })
    cancel.addEventListener("click", () => box.close())
    box.addEventListener("close", () => {
      box.remove()
      before?.focus?.()
      resolve(answer)
    })
    document.body.append(box)
    box.showModal()
    made[0]?.control.focus()
  })
}
