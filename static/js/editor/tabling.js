// A new table, of the size that is asked for.
import { ask } from "./dialog.js"
import { announce } from "./saying.js"

const MOST = { columns: 12, rows: 100 }

const isOf = (typed, most) => /^\d+$/.test(typed) && Number(typed) >= 1 && Number(typed) <= most

function check({ columns, rows }) {
  const wrong = {}
  if (!isOf(columns, MOST.columns)) wrong.columns = `A table has 1 to ${MOST.columns} columns.`
  if (!isOf(rows, MOST.rows)) wrong.rows = `A table has 1 to ${MOST.rows} rows to begin with.`
  return Object.keys(wrong).length ? wrong : null
}

export async function insertTable(editor) {
  if (editor.isActive("table")) {
    announce("The cursor stands in a table already. Its tools are at the end of the bar.")
    return
  }
  const answer = await ask({
    title: "Put in a table",
    fields: [
      { name: "columns", label: "Columns", type: "number", value: "2", min: 1, max: MOST.columns },
      { name: "rows", label: "Rows", type: "number", value: "3", min: 1, max: MOST.rows },
      { name: "head", label: "The first row says what stands in the columns", type: "checkbox", value: true },
    ],
    button: "Put it in",
    check,
  })
  const chain = editor.chain().focus()
  if (!answer) return chain.run()
  chain.insertTable({ rows: Number(answer.rows), cols: Number(answer.columns), withHeaderRow: answer.head }).run()
  announce("The table is in the story. Tab goes from cell to cell; Escape, then Tab, leaves the text.")
}
