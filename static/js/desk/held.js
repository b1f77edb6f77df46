// How long a decision can still be taken back: the seconds run, and when they are over the button goes.
// The site keeps the time; without this the page says until when.
const rows = document.querySelectorAll("[data-held-seconds]")

function watch(row) {
  const words = row.querySelector("[data-held-words]")
  const end = Date.now() + Number(row.dataset.heldSeconds) * 1000
  const timer = setInterval(show, 1000)

  function show() {
    const left = Math.ceil((end - Date.now()) / 1000)
    if (left > 0) {
      words.textContent = left === 1 ? "Nothing is sent for another second." : `Nothing is sent for another ${left} seconds.`
      return
    }
    clearInterval(timer)
    row.querySelector("form").remove()
    words.textContent = "It is being sent now."
  }

  show()
}

rows.forEach(watch)
