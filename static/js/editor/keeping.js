// A copy on this device until the site has said that it has the text. One for each member and story.
export class Copy {
  constructor(form) {
    this.key = `draft:${form.dataset.owner}:${form.dataset.story}`
  }

  keep(fields, version, more = {}) {
    try {
      localStorage.setItem(this.key, JSON.stringify({ fields, version, at: Date.now(), ...more }))
      return true
    } catch {
      return false // storage is full or switched off: the site's copy is the only one
    }
  }

  // What was kept last, or what was put aside before and never answered.
  read() {
    return this.at(this.key) || this.at(`${this.key}:aside`)
  }

  // Out of the way of what is typed now, until somebody says what to do with it.
  putAside(copy) {
    try {
      localStorage.setItem(`${this.key}:aside`, JSON.stringify(copy))
      localStorage.removeItem(this.key)
    } catch {
      // it stays where it is
    }
  }

  forgetAside() {
    try {
      localStorage.removeItem(`${this.key}:aside`)
    } catch {
      // nothing was kept, then
    }
  }

  at(key) {
    try {
      const copy = JSON.parse(localStorage.getItem(key) || "null")
      return copy && typeof copy.fields === "object" ? copy : null
    } catch {
      return null
    }
  }

  mark(more) {
    const copy = this.at(this.key)
    if (copy) this.keep(copy.fields, copy.version, { at: copy.at, ...more })
  }

  forget() {
    try {
      localStorage.removeItem(this.key)
    } catch {
      // nothing was kept, then
    }
  }
}
