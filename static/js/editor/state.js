// The quiet line above the paper: whether the site has the text. It is read aloud only when that turns, and politely.
import { announce } from "./saying.js"

export class State {
  constructor(form) {
    this.place = form.querySelector("[data-save-state]")
    this.place.removeAttribute("role") // each save would be read aloud
    this.spoken = "saved"
    this.before = { state: this.place.dataset.state, words: this.place.textContent }
  }

  show(state, words) {
    if (this.place.dataset.state !== state) this.place.dataset.state = state
    if (this.place.textContent !== words) this.place.textContent = words
    if (state === "saving" || state === this.spoken) return
    this.spoken = state
    announce(words)
  }

  saving() {
    if (this.spoken === "saved") this.show("saving", "Saving …")
  }

  saved(at) {
    const words = `Saved ${at.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" })}`
    this.before = { state: "saved", words }
    this.show("saved", words)
  }

  // What was typed was taken back: all is as it was before.
  asBefore() {
    this.show(this.before.state, this.before.words)
  }
}
