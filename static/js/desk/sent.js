// After a decision: the copies of its words in this browser is not needed any more.
try {
  const sent = sessionStorage.getItem("desk-sent")
  for (const part of ["", "-requests"]) localStorage.removeItem(sent + part)
  sessionStorage.removeItem("desk-sent")
} catch {
  // nothing was kept
}
