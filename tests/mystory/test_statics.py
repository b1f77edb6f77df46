"""Which static files are kept compressed as well."""

from mystory.statics import FingerprintedFiles


def test_only_names_that_are_asked_for_are_compressed(tmp_path):
    names = [
        "page.css",
        "page.123.css",
        "js/menu.js",
        "js/menu.123.js",
        "admin/js/big.js",
        "admin/js/big.123.js",
    ]
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("the same words again and again; " * 100)
    files = FingerprintedFiles(location=tmp_path)
    files.hashed_files = {name: name.replace(".", ".123.", 1) for name in names if "123" not in name}

    compressed = {name for name, _ in files.compress_files(names)}

    assert compressed == {"page.123.css", "js/menu.js", "js/menu.123.js", "admin/js/big.123.js"}
