// Words and minutes as readers will see them: list marks count, a sentence mark that stands alone does not.
const STRAY_MARK = /(?<!\S)[।॥۔،؛؟.,;:!?…|]+(?!\S)/g
const WORDS_A_MINUTE = 200

export function countWords(text) {
  const words = text.split(/\s+/).filter(Boolean).length
  return words - (text.match(STRAY_MARK) || []).length
}

export function showCount(place, words) {
  const minutes = Math.max(1, Math.ceil(words / WORDS_A_MINUTE))
  const said = words === 1 ? "1 word" : `${words.toLocaleString("en")} words`
  place.textContent = words ? `${said} · ${minutes} min read` : ""
}
