/** One Tab stop for a list however long: the arrows walk its rows, Home and End jump. */
export function walkRows(event: KeyboardEvent, root: ParentNode): void {
  const rows = [...root.querySelectorAll<HTMLElement>('button.row')];
  const here = rows.indexOf(event.target as HTMLElement);
  const to = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: rows.length - 1 }[event.key];
  if (here < 0 || to === undefined) return;
  event.preventDefault();
  rows[Math.max(0, Math.min(rows.length - 1, to))]?.focus();
}
