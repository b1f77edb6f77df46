// A copy on this device until the site has said that it has the text: one for each member, story and tab.
// It lies in two places. The near one is written within a blink and outlives the tab; the browser itself writes it down
// only after some seconds. The shelf takes a moment longer and outlives the browser and the machine. The newer one counts.
import * as shelf from "./shelf.js"

const PREFIX = "draft:"
const OLDEST = 30 * 24 * 60 * 60 * 1000
const PAUSE = 250

export const random = () => crypto.getRandomValues(new Uint32Array(3)).reduce((name, part) => name + part.toString(36), "")

// The tab's own name. It outlives a reload; a lock says to others that the tab is alive.
function tabName(name = null) {
  try {
    const mine = name || sessionStorage.getItem("tab") || random()
    sessionStorage.setItem("tab", mine)
    return mine
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

// True once the tab that holds the lock is gone, if that is soon: a closed tab lets go a moment later.
function isGone(name) {
  return navigator.locks.request(name, { signal: AbortSignal.timeout(5000) }, () => true).catch(() => false)
}

function near(key) {
  try {
    const copy = JSON.parse(localStorage.getItem(key) || "null")
    return copy && typeof copy.fields === "object" ? { ...copy, key } : null
  } catch {
    return null
  }
}

function putNear(copy) {
  try {
    localStorage.setItem(copy.key, JSON.stringify(copy))
    return true
  } catch {
    return false // full, or switched off
  }
}

function removeNear(key) {
  try {
    localStorage.removeItem(key)
  } catch {
    // nothing was kept, then
  }
}

function nearKeys() {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX))
  } catch {
    return []
  }
}

export function forgetCopy(key) {
  removeNear(key)
  return shelf.remove(key)
}

// All copies of both places, by key, the newer of two; one without fields says that what was there was saved.
async function copies() {
  const found = new Map()
  for (const copy of [...(await shelf.all()), ...nearKeys().map(near)]) {
    if (!copy?.key?.startsWith(PREFIX)) continue
    if (!found.has(copy.key) || found.get(copy.key).at < copy.at) found.set(copy.key, copy)
  }
  return found
}

async function throwOldAway(found, isHeld) {
  for (const [key, copy] of found) {
    if (isHeld(key) || (copy.fields && copy.at > Date.now() - OLDEST)) continue
    found.delete(key)
    await forgetCopy(key)
  }
}

export class Copy {
  constructor(form) {
    this.prefix = `${PREFIX}${form.dataset.owner}:${form.dataset.story}:`
    this.key = this.prefix + tabName()
    this.isNear = true
    this.isOnShelf = true
  }

  // A duplicated tab has the name of the first: it takes another one.
  async begin() {
    if (await hold(this.key)) return
    this.key = this.prefix + tabName(random())
    await hold(this.key)
  }

  // Whether this device has what was kept last, or will have in a moment.
  get isKept() {
    return this.isNear || this.isOnShelf
  }

  keep(copy) {
    const kept = { ...copy, at: Date.now(), key: this.key }
    this.isNear = putNear(kept)
    return this.shelve(kept)
  }

  // The site has it. A word of that stays on the shelf, since the near copy may come back after a crash.
  forget() {
    removeNear(this.key)
    if (this.shelved?.fields) this.shelve({ key: this.key, at: Date.now() })
  }

  // One write at a time, and of those that wait only the newest.
  shelve(record) {
    this.shelved = this.next = record
    this.shelving ??= this.shelveAll().finally(() => (this.shelving = null))
    return this.shelving
  }

  async shelveAll() {
    while (this.next) {
      const record = this.next
      this.next = null
      this.isOnShelf = await shelf.put(record)
      if (this.next && !document.hidden) await new Promise((resolve) => setTimeout(resolve, PAUSE))
    }
  }

  // What this tab and tabs that are gone left behind, newest first, out of the way of what is typed now.
  // `later` is given what a tab leaves that goes just now.
  async left(later) {
    const held = navigator.locks ? (await navigator.locks.query()).held.map(({ name }) => name) : []
    const isAnothers = (key) => key !== this.key && held.includes(key)
    const found = await copies()
    await throwOldAway(found, isAnothers)
    const mine = [...found.values()].filter(({ key }) => key.startsWith(this.prefix))
    for (const { key } of mine.filter(({ key }) => isAnothers(key))) this.wait(key, later)
    const left = mine.filter(({ key }) => !isAnothers(key))
    return Promise.all(left.sort((one, other) => other.at - one.at).map((copy) => this.putAside(copy)))
  }

  async wait(key, later) {
    if (!(await isGone(key))) return
    const copy = (await copies()).get(key)
    if (copy?.fields) later([copy])
  }

  async putAside(copy) {
    if (copy.key !== this.key) return copy
    const aside = { ...copy, key: `${this.prefix}left-${random()}` }
    const isThere = [putNear(aside), await shelf.put(aside)].some(Boolean)
    if (isThere) await forgetCopy(copy.key)
    return isThere ? aside : copy
  }
}
