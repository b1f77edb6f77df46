// A copy on this device until the site has said that it has the text: one for each member, story and tab.
const random = () => Math.random().toString(36).slice(2)

// The tab's own name. It outlives a reload; a lock says to others that the tab is alive.
function tabName() {
  try {
    const name = sessionStorage.getItem("tab") || random()
    sessionStorage.setItem("tab", name)
    return name
  } catch {
    return random()
  }
}

// True when nobody else holds the lock. It is held as long as the page lives.
function hold(name) {
  if (!navigator.locks) return Promise.resolve(true)
  return new Promise((resolve) => {
    navigator.locks.request(name, { ifAvailable: true }, (lock) => {
      resolve(Boolean(lock))
      return lock && new Promise(() => {})
    })
  })
}

function parse(key) {
  try {
    const copy = JSON.parse(localStorage.getItem(key) || "null")
    return copy && typeof copy.fields === "object" ? { ...copy, key } : null
  } catch {
    return null
  }
}

// True once the tab that holds the lock is gone, if that is soon: a closed tab lets go a moment later.
function isGone(name) {
  return navigator.locks.request(name, { signal: AbortSignal.timeout(5000) }, () => true).catch(() => false)
}

export function forgetCopy(key) {
  try {
    localStorage.removeItem(key)
  } catch {
    // nothing was kept, then
  }
}

export class Copy {
  constructor(form) {
    this.prefix = `draft:${form.dataset.owner}:${form.dataset.story}:`
    this.key = this.prefix + tabName()
  }

  // A duplicated tab has the name of the first: it takes another one.
  async begin() {
    if (await hold(this.key)) return
    this.key = this.prefix + random()
    await hold(this.key)
  }

  keep(fields, version, more = {}) {
    try {
      localStorage.setItem(this.key, JSON.stringify({ fields, version, at: Date.now(), ...more }))
      return true
    } catch {
      return false // storage is full or switched off: the site's copy is the only one
    }
  }

  mark(more) {
    const copy = parse(this.key)
    if (copy) this.keep(copy.fields, copy.version, { at: copy.at, ...more })
  }

  forget() {
    forgetCopy(this.key)
  }

  // What this tab and tabs that are gone left behind, newest first, out of the way of what is typed now.
  // `later` is given what a tab leaves that goes just now.
  async left(later) {
    const held = navigator.locks ? (await navigator.locks.query()).held.map(({ name }) => name) : []
    const others = (key) => key !== this.key && held.includes(key)
    try {
      const keys = Object.keys(localStorage).filter((key) => key.startsWith(this.prefix))
      for (const key of keys.filter(others)) isGone(key).then((gone) => gone && parse(key) && later([parse(key)]))
      const copies = keys.filter((key) => !others(key)).map(parse).filter(Boolean)
      return copies.map((copy) => this.putAside(copy)).sort((one, other) => other.at - one.at)
    } catch {
      return []
    }
  }

  putAside(copy) {
    if (copy.key !== this.key) return copy
    const key = `${this.prefix}left-${random()}`
    localStorage.setItem(key, JSON.stringify(copy))
    forgetCopy(copy.key)
    return { ...copy, key }
  }
}
