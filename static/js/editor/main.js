// The editor's page: each behaviour is a module of its own, and the form works without them.
import { countDocument, countWords, showCount } from "./counting.js"
import { sendCoverAtOnce } from "./cover.js"
import { afterwards } from "./idling.js"
import { Copy } from "./keeping.js"
import { readFields } from "./fields.js"
import { followLanguage } from "./language.js"
import { offer } from "./offering.js"
import { makeRich } from "./rich.js"
import { Saver } from "./saving.js"

function keepCounting(form, editor, textarea) {
  const place = form.querySelector("[data-word-count]")
  const words = () => (editor ? countDocument(editor.state.doc) : countWords(textarea.value.replace(/<[^>]*>/g, " ")))
  const count = () => showCount(place, words())
  form.addEventListener("input", afterwards(count))
  count()
}

async function start(form) {
  const textarea = form.elements.body
  const copy = new Copy(form)
  const saver = new Saver(form, copy)
  const isSaved = !form.querySelector(".errors")
  let rich = null
  try {
    rich = await makeRich(form, textarea, { onChange: () => form.dispatchEvent(new Event("input")) })
  } catch (error) {
    console.info("The plain text area stays:", error) // it saves just the same
  }
  followLanguage(form)
  await copy.begin()
  saver.begin({ isSaved })
  form.addEventListener("based-on", (event) => saver.setVersion(event.detail))
  const served = readFields(form)
  const show = (copies) => {
    saver.hearOf(copy.newest)
    offer(form, copies, { editor: rich?.editor, served, putAside: (fields) => copy.putAside(fields) })
  }
  await copy.left(show).then(show).catch((error) => console.info("Nothing can be offered:", error))
  sendCoverAtOnce(form)
  keepCounting(form, rich?.editor, textarea)
  form.elements.title.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return
    event.preventDefault() // a title is one line
    form.elements.summary.focus()
  })
  form.dataset.editor = "ready"
}

const form = document.querySelector("form[data-editor]")
if (form) start(form)
