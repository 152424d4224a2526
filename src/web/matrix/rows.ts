/** The rows of the matrix: issues in the order declared, each parent before its children. */
import type { Issue } from '../../../projections/answers.ts';

export interface Row {
  readonly issue: string;
  readonly title: string;
  readonly depth: number;
  /** how many issues are below it, at any depth */
  readonly below: number;
  readonly folded: boolean;
}

/** The rows to show; those below a folded parent are left out. A parent that is not declared, or a ring of parents, hides nothing. */
export function rowsOf(issues: readonly Issue[], folded: readonly string[]): readonly Row[] {
  const declared = new Set(issues.map(({ issue }) => issue));
  const children = Map.groupBy(issues, ({ parent }) => (parent !== null && declared.has(parent) ? parent : null));
  const seen = new Set<string>();

  const walk = ({ issue, title }: Issue, depth: number): { readonly rows: readonly Row[]; readonly total: number } => {
    if (seen.has(issue)) return { rows: [], total: 0 };
    seen.add(issue);
    const inner = (children.get(issue) ?? []).map((child) => walk(child, depth + 1));
    const below = inner.reduce((sum, { total }) => sum + total, 0);
    const closed = below > 0 && folded.includes(issue);
    const row: Row = { issue, title, depth, below, folded: closed };
    return { rows: [row, ...(closed ? [] : inner.flatMap(({ rows }) => rows))], total: below + 1 };
  };

  const roots = (children.get(null) ?? []).flatMap((root) => walk(root, 0).rows);
  const rings = issues.filter(({ issue }) => !seen.has(issue)).flatMap((one) => walk(one, 0).rows);
  return [...roots, ...rings];
}
