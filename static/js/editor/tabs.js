// The tabs of one story in one browser know of each other, so that nobody writes in two of them unawares.
import { whenGone } from "./keeping.js"
import { say, unsay } from "./saying.js"

const OPEN_TWICE =
  "This story is open in another tab of this browser too. Write in one of them: nothing is overwritten, but after writing in both you would have to choose."

export class Tabs {
  // `name` is the lock that this page holds as long as it lives.
  constructor(form, { name, version, isDirty }) {
    this.name = name
    this.others = new Set()
    this.version = version
    this.isDirty = isDirty
    if (!("BroadcastChannel" in window)) return
    this.channel = new BroadcastChannel(`story:${form.dataset.owner}:${form.dataset.story}`)
    this.channel.addEventListener("message", ({ data }) => this.hear(data))
    this.tell("here")
  }

  tell(what, more = {}) {
    this.channel?.postMessage({ what, from: this.name, ...more })
  }

  hear({ what, from, version }) {
    if (what === "here") this.tell("too")
    if (!this.others.has(from)) this.meet(from)
    if (what === "saved" && version > this.version()) return this.overtaken()
    return undefined
  }

  meet(name) {
    this.others.add(name)
    if (!this.isOvertaken) say("tabs", OPEN_TWICE)
    whenGone(name)?.then(() => {
      this.others.delete(name)
      if (!this.others.size && !this.isOvertaken) unsay("tabs")
    })
  }

  overtaken() {
    this.isOvertaken = true
    if (this.isDirty()) return // the next save says so, and shows both texts
    say("tabs", "This story was saved elsewhere in this browser, so the text here is not the newest any more.", {
      tone: "warn",
      actions: [{ label: "Load the newest text", run: () => location.reload() }],
    })
  }
}
