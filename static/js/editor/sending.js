// Sends a picture to the site, with its progress; what is wrong comes back as a sentence.
const LARGEST = 10_000_000
const KINDS = ["image/jpeg", "image/png", "image/webp", "image/avif", "image/gif"]
export const ACCEPT = KINDS.join(",")

export class Refused extends Error {}

function checkFile(file) {
  if (!KINDS.includes(file.type)) throw new Refused(`“${file.name}” is not a picture that can be shown: take a JPEG, PNG, WebP, AVIF or GIF.`)
  if (!file.size) throw new Refused(`“${file.name}” is empty.`)
  if (file.size > LARGEST) throw new Refused(`“${file.name}” is larger than 10 MB. Save it smaller and try again.`)
}

function said(request) {
  const words = request.response?.message
  if (words) return words
  if (request.status === 403) return "This page has grown too old to send a picture. Save the story, load the page again, then send it."
  if (request.status === 413) return "This file is larger than the site takes."
  return "The site could not take the picture just now. Your text is safe; try again in a minute."
}

// Gives {address, width, height}. `onProgress` is told parts of 1.
export function sendPicture(form, file, onProgress = () => {}) {
  return new Promise((resolve, reject) => {
    checkFile(file)
    const request = new XMLHttpRequest()
    const data = new FormData()
    data.append("file", file)
    request.open("POST", form.dataset.pictures)
    request.responseType = "json"
    request.timeout = 120_000
    request.setRequestHeader("Accept", "application/json")
    request.setRequestHeader("X-CSRFToken", form.elements.csrfmiddlewaretoken.value)
    request.upload.addEventListener("progress", (event) => event.lengthComputable && onProgress(event.loaded / event.total))
    request.addEventListener("load", () => {
      if (request.status === 200 && request.response?.address) resolve(request.response)
      else reject(new Refused(said(request)))
    })
    const lost = () => reject(new Refused("The picture did not arrive: the connection broke. Try again."))
    request.addEventListener("error", lost)
    request.addEventListener("timeout", lost)
    request.send(data)
  })
}
