// The browser's database, as a shelf of copies: what is put there outlives the browser and the machine.
// Where there is none (some private windows, a full disk) every word of it is answered with "no".
const NAME = "mystory"
const STORE = "copies"
const PATIENCE = 60_000

let opened = null

function open() {
  opened ??= new Promise((resolve) => {
    try {
      const asked = indexedDB.open(NAME, 1)
      asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: "key" })
      asked.onsuccess = () => {
        const database = asked.result
        database.onclose = () => (opened = null) // somebody cleared the browser's data: begin anew
        database.onversionchange = () => {
          database.close()
          opened = null
        }
        resolve(database)
      }
      asked.onerror = asked.onblocked = () => resolve(null)
      setTimeout(() => resolve(null), PATIENCE)
    } catch {
      resolve(null)
    }
  })
  return opened
}

async function use(mode, work) {
  const database = await open()
  if (!database) return { done: false }
  return new Promise((resolve) => {
    try {
      const transaction = database.transaction(STORE, mode, { durability: "strict" })
      const request = work(transaction.objectStore(STORE))
      transaction.oncomplete = () => resolve({ done: true, result: request.result })
      transaction.onerror = transaction.onabort = () => resolve({ done: false })
      transaction.commit?.()
    } catch {
      opened = null
      resolve({ done: false })
    }
  })
}

// True once it lies on the disk.
export const put = async (record) => (await use("readwrite", (store) => store.put(record))).done

export const remove = (key) => use("readwrite", (store) => store.delete(key))

export const all = async () => (await use("readonly", (store) => store.getAll())).result ?? []
