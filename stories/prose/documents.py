"""Files that people bring along, plain text, Markdown or HTML, read into a title, a summary and a body."""
