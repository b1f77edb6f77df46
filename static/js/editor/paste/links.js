// Where pasted links lead: past the pages that count who follows, and without what says where somebody came from.
const COUNTERS = /^(utm_\w+|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|twclid|ttclid|igshid|igsh|mc_[ce]id|_hsenc|_hsmi|mkt_tok|vero_id|oly_\w+_id|s_cid)$/i

export function cleanAddress(address) {
  const through = /^https?:\/\/(?:www\.)?(?:google\.[a-z.]+\/url|l\.facebook\.com\/l\.php)\?(.*)/i.exec(address)
  const target = through && (new URLSearchParams(through[1]).get("q") || new URLSearchParams(through[1]).get("url") || new URLSearchParams(through[1]).get("u"))
  if (target) return cleanAddress(target)
  const [, before, query, after] = /^([^?#]*)\?([^#]*)(#.*)?$/.exec(address) || []
  if (before === undefined) return address
  const kept = query.split("&").filter((part) => !COUNTERS.test(part.split("=")[0]))
  return `${before}${kept.length ? `?${kept.join("&")}` : ""}${after || ""}`
}

export function links(page) {
  for (const link of page.querySelectorAll("a[href]")) link.setAttribute("href", cleanAddress(link.getAttribute("href").trim()))
}
