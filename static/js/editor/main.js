// The editor's page: each behaviour is a module of its own, and the form works without them.
import { followLanguage } from "./language.js"

const form = document.querySelector("form[data-editor]")
if (form) followLanguage(form)
