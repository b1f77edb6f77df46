// Videos and sounds from elsewhere: a button beside the link, and the other site is asked only when it is pressed.
const MAY = "autoplay; encrypted-media; fullscreen; picture-in-picture"
const CAN = "allow-scripts allow-same-origin allow-presentation allow-popups"

function make(tag, fields) {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(fields)) made.setAttribute(name, value)
  return made
}

function play(card, label) {
  const frame = make("iframe", { src: card.dataset.player, title: label, allow: MAY, sandbox: CAN, referrerpolicy: "strict-origin-when-cross-origin", class: `player player-${card.dataset.kind}` })
  card.querySelector(".embed-play").replaceWith(frame)
  frame.focus()
}

for (const card of document.querySelectorAll(".embed[data-player]")) {
  const label = card.querySelector(".embed-kind").textContent
  const row = make("span", { class: "embed-play", lang: "en", dir: "ltr" })
  const button = make("button", { type: "button", class: "button button-small" })
  button.textContent = "Play it here"
  button.setAttribute("aria-label", `Play it here: ${label}`)
  const note = make("span", { class: "tiny quiet" })
  note.textContent = `${new URL(card.dataset.player).hostname} then learns that you are here.`
  button.addEventListener("click", () => play(card, label))
  row.append(button, note)
  card.append(row)
}
