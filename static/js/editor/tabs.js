// The tabs of one story in one browser know of each other, so that nobody writes in two of them unawares.
import { random } from "./keeping.js"
import { say, unsay } from "./saying.js"

const OPEN_TWICE =
  "This story is open in another tab of this browser too. Write in one of them: nothing is overwritten, but after writing in both you would have to choose."

export class Tabs {
  constructor(form, { version, isDirty }) {
    this.name = random()
    this.others = new Set()
    this.version = version
    this.isDirty = isDirty
    if (!("BroadcastChannel" in window)) return
    this.channel = new BroadcastChannel(`story:${form.dataset.owner}:${form.dataset.story}`)
    this.channel.addEventListener("message", ({ data }) => this.hear(data))
    addEventListener("pagehide", () => this.tell("gone"))
    addEventListener("pageshow", () => this.tell("here"))
    this.tell("here")
  }

  tell(what, more = {}) {
    this.channel?.postMessage({ what, from: this.name, ...more })
  }

  hear({ what, from, version }) {
    if (what === "gone") this.others.delete(from)
    else this.others.add(from)
    if (what === "here") this.tell("too")
    if (what === "saved" && version > this.version()) return this.overtaken()
    if (this.isOvertaken) return undefined
    return this.others.size ? say("tabs", OPEN_TWICE) : unsay("tabs")
  }

  overtaken() {
    this.isOvertaken = true
    if (this.isDirty()) return // the next save says so, and shows both texts
    say("tabs", "Another tab has saved this story, so the text here is not the newest any more.", {
      tone: "warn",
      actions: [{ label: "Load the newest text", run: () => location.reload() }],
    })
  }
}
