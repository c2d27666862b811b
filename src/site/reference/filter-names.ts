/** Makes a filter box work on the page's `[data-name]` items. Arrow keys go through what is left, Escape clears. */
export function filterNames(box: HTMLElement): void {
  const input = box.querySelector("input");
  const status = box.querySelector("[role=status]");
  if (!input || !status) return;
  const items = [...document.querySelectorAll<HTMLElement>("[data-name]")];
  const groups = [...document.querySelectorAll<HTMLElement>("[data-group]")];
  const hint = matchMedia("(pointer: fine)").matches ? " The arrow keys go through them." : "";
  const shown = () => items.filter((item) => !item.hidden).map((item) => item.querySelector("a"));

  const show = () => {
    const wanted = plain(input.value);
    for (const item of items) item.hidden = !plain(item.dataset["name"] ?? "").includes(wanted);
    for (const group of groups) group.hidden = group.querySelector("[data-name]:not([hidden])") === null;
    const count = shown().length;
    status.textContent =
      wanted === ""
        ? ""
        : count === 0
          ? "There is no such name."
          : `${count} of ${items.length} names.${hint}`;
  };
  const move = (event: KeyboardEvent) => {
    const links = shown();
    const at = links.findIndex((link) => link === document.activeElement);
    if (event.key === "Escape" && input.value !== "") {
      input.value = "";
      show();
      input.focus();
    } else if (event.key === "ArrowDown" && (at >= 0 || document.activeElement === input))
      links[at + 1]?.focus();
    else if (event.key === "ArrowUp" && at >= 0) (links[at - 1] ?? input).focus();
    else if (event.key === "Enter" && document.activeElement === input && input.value !== "")
      links[0]?.click();
    else return;
    event.preventDefault();
  };

  box.hidden = false;
  input.addEventListener("input", show);
  document.addEventListener("keydown", move);
  show();
}

/** `recv_timeout` finds `recvTimeout`. */
function plain(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
}
