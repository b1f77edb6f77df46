// After a decision: the copy of its note in this browser is not needed any more.
try {
  localStorage.removeItem(sessionStorage.getItem("desk-sent"))
  sessionStorage.removeItem("desk-sent")
} catch {
  // nothing was kept
}
