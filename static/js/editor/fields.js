// What stands in the form, as plain values that can be compared, kept and put back.
const PLAIN = ["title", "summary", "body", "language", "tags", "cover", "cover_alt", ...["company", "paid", "ai", "before", "relation"].map((key) => `disclosed_${key}`)]
const LISTS = ["topics", "disclosed"]
// What goes with a submission and not into the draft: there only when the page asks for it.
const BESIDE = ["cover_note", "wished_for"]

export function readFields(form) {
  const data = new FormData(form)
  const fields = Object.fromEntries(PLAIN.map((name) => [name, data.get(name) ?? ""]))
  for (const name of LISTS) fields[name] = data.getAll(name).sort()
  for (const name of BESIDE) if (data.has(name)) fields[name] = data.get(name)
  fields.cover_removed = data.get("cover_removed") ? "on" : ""
  return fields
}

// Whether something stands in the form that the page did not come with.
export function isTouched(form) {
  return [...form.elements].some((field) => {
    if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked
    if (field.options) return [...field.options].some((option) => option.selected !== option.defaultSelected)
    return "defaultValue" in field && field.type !== "file" && field.value !== field.defaultValue
  })
}

export const same = (one, other) => JSON.stringify(one) === JSON.stringify(other)

// `turn` is {version, page, turn}: what the save is based on, and which of this page's saves it is.
export function bodyOf(fields, form, turn) {
  const data = new FormData()
  data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value)
  for (const [name, value] of Object.entries(turn)) data.set(name, value)
  data.set("markup", form.elements.markup.value)
  for (const name of PLAIN) data.set(name, fields[name] ?? "")
  for (const name of LISTS) for (const value of fields[name] || []) data.append(name, value)
  for (const name of BESIDE) if (form.elements[name]) data.set(name, fields[name] ?? "")
  if (fields.cover_removed) data.set("cover_removed", "on")
  return data
}

export function writeFields(form, fields, editor) {
  for (const name of [...PLAIN, ...BESIDE]) {
    const field = form.elements[name]
    if (field && typeof fields[name] === "string") field.value = fields[name]
  }
  for (const name of LISTS) {
    for (const box of form.querySelectorAll(`[name=${name}]`)) box.checked = (fields[name] || []).includes(box.value)
  }
  editor?.commands.setContent(fields.body || "", { emitUpdate: true })
  form.elements.language.dispatchEvent(new Event("change", { bubbles: true }))
}
