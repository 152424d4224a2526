import type { KeyboardEvent } from 'react';

/** Moves the focus between cells with the arrow keys, Home and End. Every cell can be reached with Tab as well. */
export function moveFocus(event: KeyboardEvent, issues: readonly string[], parties: readonly string[]): void {
  const [party, issue] = (event.target as HTMLElement).dataset.cell?.split('/') ?? [];
  if (party === undefined || issue === undefined || event.altKey || event.metaKey) return;
  const [row, column] = [issues.indexOf(issue), parties.indexOf(party)];
  const to = target(event.key, event.ctrlKey, row, column, issues.length - 1, parties.length - 1);
  const [next, other] = to === undefined ? [] : [issues[to.row], parties[to.column]];
  if (next === undefined || other === undefined) return;
  event.preventDefault();
  event.currentTarget.querySelector<HTMLElement>(`[data-cell="${CSS.escape(`${other}/${next}`)}"]`)?.focus();
}

interface Place {
  readonly row: number;
  readonly column: number;
}

function target(
  key: string,
  far: boolean,
  row: number,
  column: number,
  lastRow: number,
  lastColumn: number,
): Place | undefined {
  switch (key) {
    case 'ArrowUp':
      return { row: Math.max(0, row - 1), column };
    case 'ArrowDown':
      return { row: Math.min(lastRow, row + 1), column };
    case 'ArrowLeft':
      return { row, column: Math.max(0, column - 1) };
    case 'ArrowRight':
      return { row, column: Math.min(lastColumn, column + 1) };
    case 'Home':
      return { row: far ? 0 : row, column: 0 };
    case 'End':
      return { row: far ? lastRow : row, column: lastColumn };
    default:
      return undefined;
  }
}
