"""Answers to clashes of the entry grids: per cell "mine" with the foreign value that it knew, or "theirs"."""


def read_choices(data) -> tuple[dict[str, str], set[str]]:
    """{cell: sign of the foreign value known when the person insisted}, and the cells left to the other."""
    insisted, left = {}, set()
    for name, value in data.items():
        if not name.startswith("pilih-"):
            continue
        cell = name.removeprefix("pilih-")
        if value == "mereka":
            left.add(cell)
        elif value.startswith("saya:"):
            insisted[cell] = value.removeprefix("saya:")
    return insisted, left
