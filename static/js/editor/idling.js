// Work that waits until nobody types: `pause` after the last call, then when the browser has time.
const whenIdle = globalThis.requestIdleCallback ?? ((work) => setTimeout(work))

export function afterwards(work, pause = 300) {
  let timer
  return () => {
    clearTimeout(timer)
    timer = setTimeout(() => whenIdle(work, { timeout: 1000 }), pause)
  }
}
