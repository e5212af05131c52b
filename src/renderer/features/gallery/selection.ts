// Which photos of the gallery are selected, and how pointer and keys change that. Pure; knows photos only by id.
import type { PhotoId } from '#shared/domain/ids.ts';

export interface Selection {
  readonly ids: ReadonlySet<PhotoId>;
  /** Where the keyboard is; may be unselected. */
  readonly active: PhotoId | null;
  /** Where a range begins. */
  readonly anchor: PhotoId | null;
}

export const emptySelection: Selection = { ids: new Set(), active: null, anchor: null };

/** What a pointer or a key asks for beside the photo itself. */
export interface SelectionMode {
  /** Shift: from the anchor to here. */
  readonly isRange: boolean;
  /** Control or command: this one in or out, the others as they are. */
  readonly isToggle: boolean;
}

/** A click, a tap or Space on a photo. */
export function choose(
  selection: Selection,
  shown: readonly PhotoId[],
  id: PhotoId,
  mode: SelectionMode,
): Selection {
  if (mode.isRange) {
    const range = rangeOf(shown, selection.anchor ?? selection.active ?? id, id);
    const ids = mode.isToggle ? new Set([...selection.ids, ...range]) : new Set(range);
    return { ids, active: id, anchor: selection.anchor ?? selection.active ?? id };
  }
  if (mode.isToggle) {
    const ids = new Set(selection.ids);
    if (!ids.delete(id)) ids.add(id);
    return { ids, active: id, anchor: id };
  }
  return { ids: new Set([id]), active: id, anchor: id };
}

export type GridMove = 'left' | 'right' | 'up' | 'down' | 'first' | 'last' | 'page-up' | 'page-down';

/** An arrow key: the new photo is selected alone, or up to it (range); with toggle only the keyboard moves. */
export function move(
  selection: Selection,
  shown: readonly PhotoId[],
  by: GridMove,
  grid: { readonly columns: number; readonly rowsInSight: number },
  mode: SelectionMode,
): Selection {
  const from = selection.active === null ? -1 : shown.indexOf(selection.active);
  const id = shown[from < 0 ? 0 : target(from, by, shown.length, grid)];
  if (id === undefined) return selection;
  if (mode.isToggle && !mode.isRange) return { ...selection, active: id };
  return choose(selection, shown, id, { isRange: mode.isRange, isToggle: false });
}

function target(
  from: number,
  by: GridMove,
  count: number,
  grid: { readonly columns: number; readonly rowsInSight: number },
): number {
  const page = grid.columns * Math.max(1, grid.rowsInSight);
  const steps: Readonly<Record<GridMove, number>> = {
    left: from - 1,
    right: from + 1,
    up: from - grid.columns,
    // From the last full row into a shorter one: to its end, where the eye goes.
    down: isInLastRow(from, count, grid.columns) ? from : Math.min(from + grid.columns, count - 1),
    first: 0,
    last: count - 1,
    'page-up': Math.max(from % grid.columns, from - page),
    'page-down': Math.min(count - 1, from + page),
  };
  const to = steps[by];
  return to < 0 || to >= count ? from : to;
}

function isInLastRow(index: number, count: number, columns: number): boolean {
  return Math.floor(index / columns) === Math.floor((count - 1) / columns);
}

export function selectAll(selection: Selection, shown: readonly PhotoId[]): Selection {
  return { ...selection, ids: new Set(shown) };
}

/** Photos that are gone or filtered out are no longer selected: nothing happens to what nobody sees. */
export function keepShown(selection: Selection, shown: readonly PhotoId[]): Selection {
  const there = new Set(shown);
  const ids = [...selection.ids].filter((id) => there.has(id));
  const kept = (id: PhotoId | null): PhotoId | null => (id !== null && there.has(id) ? id : null);
  const active = kept(selection.active);
  const anchor = kept(selection.anchor);
  const isSame = ids.length === selection.ids.size;
  if (isSame && active === selection.active && anchor === selection.anchor) return selection;
  return { ids: isSame ? selection.ids : new Set(ids), active, anchor };
}

function rangeOf(shown: readonly PhotoId[], from: PhotoId, to: PhotoId): readonly PhotoId[] {
  const start = shown.indexOf(from);
  const end = shown.indexOf(to);
  if (end < 0) return [];
  return start < 0 ? [to] : shown.slice(Math.min(start, end), Math.max(start, end) + 1);
}
