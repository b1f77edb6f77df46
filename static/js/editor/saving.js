// Saves by itself, a second after the last key and while somebody writes on, and keeps a copy on this device meanwhile.
// Each save names the version it was based on and which of this page's saves it is: nothing is overwritten unseen, and
// saves that arrive twice or in another order than they were sent do no harm.
import { bodyOf, isTouched, readFields, same } from "./fields.js"
import { random } from "./keeping.js"
import { say, unsay } from "./saying.js"
import { State } from "./state.js"
import { Tabs } from "./tabs.js"

const QUIET = 1000
const LONGEST_WAIT = 3000
const KEEP = 50
const KEEP_AT_LAST = 300
const RETRIES = [1000, 2000, 4000, 8000, 15_000, 30_000]
const SIGNED_OUT = 10_000
const TIMEOUT = 20_000
const LARGEST_LAST_SAVE = 60_000 // bytes: a browser takes 64 KB of a page that is going

const now = () => performance.now()

export class Saver {
  constructor(form, copy) {
    this.form = form
    this.copy = copy
    this.address = form.getAttribute("action") // form.action is the buttons of that name
    this.state = new State(form)
    this.version = Number(form.elements.version.value)
    this.page = random()
    this.turn = 0 // the save that was sent last, and below the one that the site took last
    this.taken = 0
    this.failures = 0
    this.restUntil = 0
    this.keepCost = 0
    this.isEarly = isTouched(form)
    form.addEventListener("input", ({ isTrusted }) => (this.isEarly ||= isTrusted))
  }

  // What stands in the form now is what the site has, unless the page came back with errors or somebody wrote already.
  begin({ isSaved }) {
    this.saved = isSaved && !this.isEarly ? readFields(this.form) : null
    this.tabs = new Tabs(this.form, { name: this.copy.key, version: () => this.version, isDirty: () => this.dirty })
    this.form.addEventListener("input", () => this.changed())
    this.form.addEventListener("change", () => this.changed())
    this.form.addEventListener("submit", (event) => this.submitting(event))
    this.form.addEventListener("formdata", ({ formData }) => this.nameTurn(formData))
    this.form.addEventListener("save-now", () => this.saveNow())
    addEventListener("online", () => this.saveNow())
    addEventListener("focus", () => this.failures && this.saveNow())
    addEventListener("pagehide", () => this.leaving())
    addEventListener("pageshow", ({ persisted }) => persisted && this.comeBack())
    addEventListener("beforeunload", (event) => !this.copy.isKept && this.dirty && event.preventDefault())
    document.addEventListener("visibilitychange", () => document.hidden && this.leaving())
    if (this.isEarly) this.changed()
    else if (!isSaved) this.keep()
  }

  get dirty() {
    return !this.saved || !same(readFields(this.form), this.saved)
  }

  get kept() {
    return this.copy.isKept ? "kept on this device" : "only in this page, so leave it open"
  }

  changed() {
    // The longer it took, the longer the pause, within limits: keeping costs a small part of the time.
    this.keepTimer ??= setTimeout(() => this.keep(), Math.min(KEEP_AT_LAST, Math.max(KEEP, this.keepCost * 10)))
    if (this.stopped) return
    this.state.saving()
    this.firstChange ??= now()
    this.saveIn(Math.min(QUIET, this.firstChange + LONGEST_WAIT - now()))
  }

  saveIn(pause) {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.save(), Math.max(0, pause, this.restUntil - now()))
  }

  keep() {
    clearTimeout(this.keepTimer)
    this.keepTimer = null
    const begun = now()
    const fields = readFields(this.form)
    if (this.saved && same(fields, this.saved)) {
      if (!this.stopped) this.copy.forget(this.version)
      return
    }
    // The turn that these words were sent with, or will be.
    const turn = this.sent && same(fields, this.sent) ? this.turn : this.turn + 1
    const { version, page } = this
    this.copy.keep({ fields, version, page, turn, markup: this.form.elements.markup.value })
    this.keepCost = now() - begun
  }

  leaving() {
    this.keep()
    if (!this.stopped && this.dirty && !(this.underWay && same(readFields(this.form), this.sent))) {
      this.send(readFields(this.form), { isLast: true })
    }
  }

  // Before its time, but not before the site wants to hear of us again.
  saveNow() {
    if (this.mustRest) return undefined
    this.restUntil = 0
    clearTimeout(this.timer)
    return this.save()
  }

  save() {
    if (this.stopped || this.underWay) return
    clearTimeout(this.timer)
    this.firstChange = null
    const fields = readFields(this.form)
    if (this.saved && same(fields, this.saved)) {
      this.keep()
      unsay("unfit")
      if (!this.failures) this.state.asBefore()
      return
    }
    this.state.saving()
    this.underWay = this.send(fields).then((goesOn) => {
      this.underWay = null
      if (goesOn && !this.stopped && this.dirty) this.changed()
    })
  }

  // True when the site took it.
  async send(fields, { isLast = false } = {}) {
    const turn = (this.turn += 1)
    this.sent = fields
    this.keep()
    const body = bodyOf(fields, this.form, { version: this.version, page: this.page, turn })
    try {
      const answer = await fetch(this.address, {
        method: "POST",
        body,
        headers: { Accept: "application/json" },
        credentials: "same-origin",
        redirect: "manual",
        keepalive: isLast && new Blob(Object.values(fields).flat()).size < LARGEST_LAST_SAVE,
        signal: AbortSignal.timeout(TIMEOUT),
      })
      const isJson = answer.headers.get("Content-Type")?.startsWith("application/json")
      return await this.hear(answer, isJson ? await answer.json() : {}, fields, turn)
    } catch {
      return this.retry("offline", navigator.onLine ? "No answer" : "Offline")
    }
  }

  hear(answer, said, fields, turn) {
    const { status } = answer
    this.mustRest = status === 429
    if (answer.ok && said.version !== undefined) return this.acknowledged(fields, said, turn)
    if (status === 401 || answer.type === "opaqueredirect") return this.signedOut()
    if (status === 403) return this.renewToken()
    if (status === 404) return this.notFound()
    if (status === 409) return this.conflict(said)
    if (status === 400 && said.errors) return this.unfit(said)
    if (status === 413) return this.unfit({ message: "This story is longer than the site takes. Make two of it." })
    if (status === 429) return this.retry("failed", "The site asks for a pause", Number(answer.headers.get("Retry-After")) * 1000)
    return this.retry("failed", "Not saved just now")
  }

  acknowledged(fields, said, turn) {
    this.failures = 0
    this.restUntil = 0
    this.tokenRenewed = false
    if (turn > this.taken) {
      this.taken = turn
      this.saved = fields
    }
    if (said.version > this.version) this.setVersion(said.version)
    this.tabs.tell("saved", { version: this.version })
    for (const kind of ["signed-out", "unfit"]) unsay(kind)
    this.keep()
    if (!this.dirty) this.state.saved(new Date())
    return true
  }

  retry(state, words, least = 0) {
    const pause = RETRIES[Math.min(this.failures, RETRIES.length - 1)] * (0.75 + Math.random() / 2) // not all at once
    this.failures += 1
    this.restUntil = now() + Math.max(pause, least || 0)
    this.state.show(state, `${words}: ${this.kept}`)
    if (!this.stopped) this.saveIn(0)
    return false
  }

  // It is sent again when something is changed.
  unfit(said) {
    const wrong = Object.values(said.errors || {}).flat()
    this.state.show("failed", "Not saved yet")
    say("unfit", `${wrong.join(" ") || said.message} What you wrote is ${this.kept}.`, { tone: "bad" })
    return false
  }

  signedOut() {
    this.retry("waiting", "Signed out", SIGNED_OUT)
    say("signed-out", `You are signed out. Your text is ${this.kept}. Sign in in another tab and come back: it is saved then.`, {
      tone: "warn",
      actions: [{ label: "Sign in", href: "/accounts/login/" }],
    })
    return false
  }

  notFound() {
    this.retry("waiting", "Not saved", SIGNED_OUT)
    const words = "The account that is signed in now cannot find this story: somebody else has signed in here, or it was deleted."
    say("signed-out", `${words} Your text is ${this.kept}.`, { tone: "warn" })
    return false
  }

  conflict(said) {
    this.stopped = true
    unsay("tabs") // says less of the same
    this.state.show("conflict", said.reason === "conflict" ? "Saved elsewhere meanwhile" : "Not saved")
    say("conflict", `${said.message} What you wrote here is ${this.kept}.`, {
      tone: "bad",
      actions: [{ label: "See both texts", run: () => this.form.requestSubmit(this.form.querySelector("[value=save]")) }],
    })
    return false
  }

  // Signing in again in another tab makes the token of this page old.
  async renewToken() {
    if (this.tokenRenewed) return this.retry("failed", "Not saved just now")
    this.tokenRenewed = true
    const page = await fetch(this.address, { credentials: "same-origin", headers: { Accept: "text/html" } })
    const found = new DOMParser().parseFromString(await page.text(), "text/html").querySelector("form[data-editor] [name=csrfmiddlewaretoken]")
    if (!found) return this.signedOut()
    this.form.elements.csrfmiddlewaretoken.value = found.value
    return this.send(readFields(this.form))
  }

  setVersion(version) {
    this.version = version
    this.form.elements.version.value = version
  }

  nameTurn(formData) {
    formData.set("page", this.page)
    formData.set("turn", this.turn)
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
    this.turn += 1
    this.sent = readFields(this.form)
    this.keep()
    this.stopped = this.isLeaving = true
  }

  // A page that was left had saved more than this one was made from.
  hearOf(version) {
    if (version > this.version) this.tabs.overtaken()
  }

  // Back on the page as it was left, from one that did not take the text.
  comeBack() {
    if (this.isLeaving) this.stopped = this.isLeaving = false
    if (this.dirty) this.changed()
  }
}
