"""The forms that a user may send, found on the pages of the URL table, and filled in as a user would."""

import io
import random
from dataclasses import dataclass, field

from PIL import Image

from tests.conventions.walks.walk import walk

TYPED = {"text", "textarea", "select", "radio", "checkbox", "date", "time", "number", "email", "tel", "url", "file"}

# Writes into each field of a form what a user could: `mark` into every text, the first choice, a number, a day.
FILL = """(form, mark) => {
  const typed = [];
  const event = (kind) => new Event(kind, { bubbles: true });
  [...form.elements].forEach((element, place) => {
    if (!element.name || element.disabled || element.readOnly) return;
    if (element.tagName === "TEXTAREA" || (element.type === "text" && !element.inputMode)) {
      const text = `${mark} ${place}`.slice(0, element.maxLength > 0 ? element.maxLength : undefined);
      element.value = text;
      if (text.includes(mark)) typed.push(text);
    } else if (element.inputMode === "numeric" || element.inputMode === "decimal" || element.type === "number") {
      if (!element.value) element.value = "3";
    } else if (element.type === "email") {
      element.value = `${mark}@contoh.id`.toLowerCase();
      typed.push(element.value);
    } else if (element.type === "date") {
      if (!element.value) element.value = new Date().toISOString().slice(0, 10);
    } else if (element.type === "time") {
      if (!element.value) element.value = "09:00";
    } else if (element.tagName === "SELECT") {
      if (!element.value && element.options.length > 1) element.selectedIndex = 1;
    } else if (element.type === "radio") {
      if (!form.querySelector(`input[name="${element.name}"]:checked`)) element.checked = true;
    } else return;
    element.dispatchEvent(event("input"));
    element.dispatchEvent(event("change"));
  });
  return typed;
}"""

# The values of a form as the browser would send them; files by name and size.
HOLDS = """(form) => [...new FormData(form)]
  .filter(([name]) => form.elements[name].type !== "hidden")
  .map(([name, value]) => [name, value instanceof File ? `${value.name} ${value.size}` : value])"""


@dataclass
class FieldForm:
    """One form of a page: `place` among all forms of the document."""

    name: str
    address: str
    place: int
    files: list[str] = field(default_factory=list)


def forms_of(client, dataset, role, pages: set[str]) -> list[FieldForm]:
    """Every form of these pages that is sent by POST and has an editable field, one of each kind on a page."""
    found = []
    for seen in walk(client, dataset, role, pages):
        kinds = set()
        for place, form in enumerate(seen.page.forms):
            controls = {name: control.kind for name, control in form.controls.items() if control.kind in TYPED}
            kind = (form.action.rstrip("/").rpartition("/")[2], *sorted(controls))
            if form.method == "post" and controls and kind not in kinds:
                kinds.add(kind)
                files = [name for name, control in controls.items() if control == "file"]
                found.append(FieldForm(seen.name, seen.address, place, files))
    return found


def photo(seed: int, side: int = 1_400) -> bytes:
    """A JPEG unique to this seed, larger than the photo that is sent."""
    dice = random.Random(seed)
    small = Image.frombytes("RGB", (40, 30), dice.randbytes(40 * 30 * 3))
    written = io.BytesIO()
    small.resize((side, side * 3 // 4)).save(written, "JPEG", quality=90)
    return written.getvalue()
