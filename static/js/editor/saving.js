// Saves by itself, two seconds after the last key, and keeps a copy on this device until the site has the text.
// One save is under way at a time, and each names the version it was based on: nothing is overwritten unseen.
import { bodyOf, readFields, same } from "./fields.js"
import { announce, say, unsay } from "./saying.js"

const QUIET = 2000
const LONGEST_WAIT = 10_000
const KEEP = 200
const RETRIES = [2000, 5000, 10_000, 30_000]
const TIMEOUT = 30_000

const clock = () => new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" })

export class Saver {
  constructor(form, copy) {
    this.form = form
    this.copy = copy
    this.address = form.getAttribute("action") // form.action is the buttons of that name
    this.place = form.querySelector("[data-save-state]")
    this.version = Number(form.elements.version.value)
    this.stopped = false
    this.failures = 0
    this.tokenRenewed = false
  }

  // What stands in the form now is what the site has, unless the page came back with errors.
  begin({ isSaved }) {
    this.saved = isSaved ? readFields(this.form) : null
    this.form.addEventListener("input", () => this.changed())
    this.form.addEventListener("change", () => this.changed())
    this.form.addEventListener("submit", (event) => this.submitting(event))
    addEventListener("online", () => this.saveNow())
    addEventListener("focus", () => this.waiting && this.saveNow())
    document.addEventListener("visibilitychange", () => document.hidden && this.leaving())
    if (!isSaved) this.keep()
  }

  get dirty() {
    return !this.saved || !same(readFields(this.form), this.saved)
  }

  changed() {
    clearTimeout(this.keepTimer)
    this.keepTimer = setTimeout(() => this.keep(), KEEP)
    if (this.stopped) return
    this.firstChange ??= Date.now()
    const wait = Math.min(QUIET, Math.max(0, this.firstChange + LONGEST_WAIT - Date.now()))
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.save(), wait)
  }

  keep() {
    clearTimeout(this.keepTimer)
    const fields = readFields(this.form)
    if (this.saved && same(fields, this.saved)) return this.stopped || this.copy.forget()
    return this.copy.keep(fields, this.version)
  }

  leaving() {
    this.keep()
    if (this.dirty) this.save({ keepalive: true })
  }

  saveNow() {
    clearTimeout(this.timer)
    return this.save()
  }

  // A save whose answer was lost is sent again just as it was: the site knows it, and nothing happens twice.
  save({ keepalive = false } = {}) {
    if (this.stopped) return Promise.resolve()
    if (this.underWay) return this.underWay
    clearTimeout(this.timer)
    const fields = this.unanswered || readFields(this.form)
    if (this.saved && same(fields, this.saved)) return Promise.resolve(this.show("saved", `Saved ${this.savedAt || ""}`))
    this.keep()
    this.firstChange = null
    this.show("saving", "Saving …")
    this.underWay = this.send(fields, keepalive).finally(() => {
      this.underWay = null
      if (!this.stopped && !this.waiting && this.dirty) this.changed()
    })
    return this.underWay
  }

  async send(fields, keepalive) {
    const body = bodyOf(fields, this.form, this.version)
    this.unanswered = fields
    let answer
    try {
      answer = await fetch(this.address, {
        method: "POST",
        body,
        headers: { Accept: "application/json" },
        credentials: "same-origin",
        redirect: "error",
        keepalive: keepalive && JSON.stringify(fields).length < 50_000,
        signal: AbortSignal.timeout(TIMEOUT),
      })
    } catch {
      return this.retry("offline", navigator.onLine ? "No answer: kept on this device" : "Offline: kept on this device")
    }
    if (answer.status >= 500 || answer.status === 429) return this.retry("failed", "Not saved just now: kept on this device")
    if (answer.status === 403 && !this.tokenRenewed) return this.renewToken(fields)
    this.unanswered = null
    const said = answer.headers.get("Content-Type")?.startsWith("application/json") ? await answer.json() : {}
    if (answer.ok && said.version !== undefined) return this.acknowledged(fields, said)
    return this.refused(answer.status, said)
  }

  acknowledged(fields, said) {
    this.failures = 0
    this.waiting = false
    this.tokenRenewed = false
    this.saved = fields
    this.savedAt = clock()
    this.setVersion(said.version)
    for (const kind of ["signed-out", "unfit"]) unsay(kind)
    if (this.dirty) this.keep()
    else this.copy.forget()
    this.show("saved", `Saved ${this.savedAt}`)
  }

  refused(status, said) {
    if (status === 401) return this.signedOut()
    if (status === 409) return this.conflict(said)
    const wrong = Object.values(said.errors || {}).flat()
    this.show("failed", "Not saved yet")
    this.saved ??= null
    this.waiting = true // until something is changed
    say("unfit", wrong.join(" ") || "This could not be saved as it is. It is kept on this device.", { tone: "bad" })
    const again = () => {
      this.waiting = false
      this.form.removeEventListener("input", again)
    }
    this.form.addEventListener("input", again)
    return undefined
  }

  signedOut() {
    this.waiting = true
    this.show("waiting", "Signed out: kept on this device")
    say("signed-out", "You are signed out. Your text is kept on this device. Sign in in another tab and come back: it is saved then.", {
      tone: "warn",
      actions: [{ label: "Sign in", href: "/accounts/login/" }],
    })
  }

  conflict(said) {
    this.stopped = true
    const isRead = said.reason === "reading"
    this.show("conflict", isRead ? "Not saved: an editor is reading" : "Saved elsewhere meanwhile")
    say("conflict", `${said.message} What you wrote here is kept on this device.`, {
      tone: "bad",
      actions: [{ label: "See both texts", run: () => this.form.requestSubmit(this.form.querySelector("[value=save]")) }],
    })
  }

  retry(state, words) {
    this.show(state, words)
    const pause = RETRIES[Math.min(this.failures, RETRIES.length - 1)]
    this.failures += 1
    clearTimeout(this.timer)
    this.waiting = true
    this.timer = setTimeout(() => {
      this.waiting = false
      this.save()
    }, pause)
  }

  // Signing in again in another tab makes the token of this page old.
  async renewToken(fields) {
    this.tokenRenewed = true
    let found
    try {
      const page = await fetch(this.address, { credentials: "same-origin", headers: { Accept: "text/html" } })
      found = new DOMParser().parseFromString(await page.text(), "text/html").querySelector("form[data-editor] [name=csrfmiddlewaretoken]")
    } catch {
      return this.retry("offline", "No answer: kept on this device")
    }
    if (!found) return this.signedOut()
    this.form.elements.csrfmiddlewaretoken.value = found.value
    return this.send(fields, false)
  }

  setVersion(version) {
    this.version = version
    this.form.elements.version.value = version
  }

  // The page is sent as a whole only when no save of its own is under way, so that it does not overtake itself.
  submitting(event) {
    clearTimeout(this.timer)
    if (this.underWay) {
      event.preventDefault()
      const { submitter } = event
      this.underWay.finally(() => setTimeout(() => this.form.requestSubmit(submitter)))
      return
    }
    this.keep()
    this.copy.mark({ sent: true })
    this.stopped = true
  }

  show(state, words) {
    if (this.place.dataset.state === state && this.place.textContent === words) return
    this.place.dataset.state = state
    this.place.textContent = words
    if (state === "conflict") announce(words)
  }
}
