// A copy on this device until the site has said that it has the text: one for each member, story and opened page.
// It lies in two places. The near one is written within a blink and outlives the tab; the browser itself writes it down
// only after some seconds. The shelf takes a moment longer and outlives the browser and the machine. The newer one counts.
import * as shelf from "./shelf.js"

const PREFIX = "draft:"
const OLDEST = 30 * 24 * 60 * 60 * 1000
const JUST_NOW = 60_000
const PAUSE = 250
const SOON = 30_000

export const random = () => crypto.getRandomValues(new Uint32Array(3)).reduce((name, part) => name + part.toString(36), "")

// Says to other tabs that this page is alive, as long as it lives.
function hold(name) {
  if (!navigator.locks) return undefined
  return new Promise((resolve) => {
    navigator.locks.request(name, () => {
      resolve()
      return new Promise(() => {})
    })
  })
}

// Once that page is gone, however it went; a browser without locks never says.
export const whenGone = (name) => navigator.locks?.request(name, () => {})

// True once the page that holds the lock is gone, if that is soon: one that is left or closed lets go a moment later.
function isGone(name) {
  return navigator.locks.request(name, { signal: AbortSignal.timeout(SOON) }, () => true).catch(() => false)
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

const belongsTo = (member, key) => key.startsWith(`${PREFIX}${member}:`)

// A quick look, which may see one that was saved after all; and a proper one.
export const hasCopies = (member) => nearKeys().some((key) => belongsTo(member, key))

export async function copiesOf(member) {
  return [...(await copies()).values()].filter(({ key, fields }) => fields && belongsTo(member, key))
}

async function throwOldAway(found, isHeld) {
  for (const [key, copy] of found) {
    if (isHeld(key) || copy.at > Date.now() - (copy.fields ? OLDEST : JUST_NOW)) continue
    found.delete(key)
    await forgetCopy(key)
  }
}

export class Copy {
  constructor(form) {
    this.prefix = `${PREFIX}${form.dataset.owner}:${form.dataset.story}:`
    this.key = this.prefix + random()
    this.isNear = true
    this.isOnShelf = true
    this.newest = 0 // the version that the site had at last, as far as pages that are gone knew
  }

  begin() {
    return hold(this.key)
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

  // The site has it, as that version. A word of that stays on the shelf, since the near copy may come back after a
  // crash, and since the page that comes next may have been asked for before.
  forget(version) {
    removeNear(this.key)
    if (this.shelved?.fields) this.shelve({ key: this.key, at: Date.now(), version })
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

  // What pages that are gone left behind, newest first. `later` is given what a page leaves that goes just now.
  async left(later) {
    const held = navigator.locks ? (await navigator.locks.query()).held.map(({ name }) => name) : []
    const isHeld = (key) => held.includes(key)
    const found = await copies()
    const ofStory = [...found.values()].filter(({ key }) => key.startsWith(this.prefix) && key !== this.key)
    for (const copy of ofStory) this.hear(copy)
    await throwOldAway(found, isHeld)
    for (const name of held.filter((name) => name.startsWith(this.prefix) && name !== this.key)) this.wait(name, later)
    return ofStory.filter(({ key, fields }) => fields && found.has(key) && !isHeld(key)).sort((one, other) => other.at - one.at)
  }

  // What somebody wrote here, before something else is put in its place; it can be offered like what a page left.
  async putAside(fields) {
    const copy = { ...fields, at: Date.now(), key: this.prefix + random() }
    const isThere = [putNear(copy), await shelf.put(copy)].some(Boolean)
    return isThere ? [copy] : []
  }

  async wait(key, later) {
    if (!(await isGone(key))) return
    const copy = (await copies()).get(key)
    this.hear(copy)
    later(copy?.fields ? [copy] : [])
  }

  hear(copy) {
    if (copy && !copy.fields) this.newest = Math.max(this.newest, copy.version || 0)
  }
}
