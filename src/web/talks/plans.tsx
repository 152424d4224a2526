import { edtfWords } from '../../../events/edtf-words.ts';
import type { Plan } from '../../../projections/answers.ts';
import type { Names } from '../names.ts';
import { Besides } from '../parts/besides.tsx';
import { count, sayId } from '../words.ts';

type Version = Plan['versions'][number];

/** Each plan with its versions, newest first, and what each changed in the one before. */
export function Plans({ plans, names }: { readonly plans: readonly Plan[]; readonly names: Names }) {
  if (plans.length === 0) return <p className="nothing-here">By this date no plan is on record.</p>;
  return plans.map((plan) => (
    <article key={plan.plan} className="plan">
      <h3 className="by-id">{sayId(plan.plan)}</h3>
      <ol className="versions">
        {plan.versions.map((version) => (
          <PlanVersion key={version.development} version={version} names={names} />
        ))}
      </ol>
    </article>
  ));
}

function PlanVersion({ version, names }: { readonly version: Version; readonly names: Names }) {
  const { added, changed, removed, points } = version;
  const kept = (points ?? []).filter(({ id }) => ![...added, ...changed].some((one) => one.id === id));
  const first = version.from === null;
  return (
    <li className="version">
      <h4>Version {version.version}</h4>
      <p className="meta">
        <span>{edtfWords(version.occurred)}</span>
        <span>{names.parties(version.parties)}</span>
        {version.from !== null && <span>adjusts version {version.from}</span>}
      </p>
      {version.summary !== null && <p className="stance">{version.summary}</p>}
      <Besides besides={version.beside} names={names} dated />
      {points === null ? (
        <p className="hint">Its points are not on record.</p>
      ) : first ? (
        <Points title={count(points.length, 'point')} points={points} />
      ) : (
        <dl className="plan-points">
          {added.map(({ id, text }) => (
            <PlanPoint key={id} id={id} mark="+" what="added">
              <ins>{text}</ins>
            </PlanPoint>
          ))}
          {changed.map(({ id, before, after }) => (
            <PlanPoint key={id} id={id} mark="±" what="changed">
              <del>{before}</del> <ins>{after}</ins>
            </PlanPoint>
          ))}
          {removed.map(({ id, text }) => (
            <PlanPoint key={id} id={id} mark="−" what="removed">
              <del>{text}</del>
            </PlanPoint>
          ))}
        </dl>
      )}
      {!first && kept.length > 0 && <Points title={`${count(kept.length, 'point')} unchanged`} points={kept} />}
    </li>
  );
}

interface PointProps {
  readonly id: string;
  readonly mark: string;
  readonly what: string;
  readonly children: React.ReactNode;
}

const PlanPoint = ({ id, mark, what, children }: PointProps) => (
  <div>
    <dt>
      <span aria-hidden="true">{mark}</span> {id} <span className="label">{what}</span>
    </dt>
    <dd>{children}</dd>
  </div>
);

const Points = ({ title, points }: { readonly title: string; readonly points: NonNullable<Version['points']> }) => (
  <details>
    <summary>{title}</summary>
    <dl className="plan-points">
      {points.map(({ id, text }) => (
        <div key={id}>
          <dt>{id}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  </details>
);
