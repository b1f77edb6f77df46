// What is personal on a public page. The page itself is the same for everybody; somebody who has been signed in
// in this browser gets the masthead of their own from a small answer that nothing shared keeps.
const key = "signed-in"

function remembered() {
  try {
    return localStorage.getItem(key) === "1"
  } catch {
    return true // it cannot be known, so ask
  }
}

function remember(signedIn) {
  try {
    if (signedIn) localStorage.setItem(key, "1")
    else localStorage.removeItem(key)
  } catch {
    // asked again on the next page
  }
}

async function show(place) {
  const answer = await fetch("/personal/", { credentials: "same-origin", headers: { Accept: "text/html" } })
  if (!answer.ok || answer.status === 204) {
    remember(false)
    return
  }
  const parsed = new DOMParser().parseFromString(await answer.text(), "text/html")
  if (!parsed.body.childElementCount) {
    remember(false)
    return
  }
  place.replaceChildren(...parsed.body.childNodes)
  if (place.querySelector("[data-sign-out]")) import("./sign-out.js")
  place.dispatchEvent(new CustomEvent("personal", { bubbles: true }))
}

const place = document.querySelector("[data-personal]")
if ("private" in document.body.dataset) remember(true)
else if (place && remembered()) show(place).catch(() => {}) // offline: the page is whole without it
