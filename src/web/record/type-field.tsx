import { sayType } from '../words.ts';
import { type RecordedType, TYPE_GROUPS } from './fields.ts';

interface Props {
  readonly type: RecordedType;
  readonly change: (type: RecordedType) => void;
}

/** What happened, in the groups of the catalogue. */
export const TypeField = ({ type, change }: Props) => (
  <div className="form-field">
    <label htmlFor="type">Type</label>
    <select id="type" value={type} onChange={(event) => change(event.target.value as RecordedType)}>
      {TYPE_GROUPS.map(({ title, types }) => (
        <optgroup key={title} label={title}>
          {types.map((one) => (
            <option key={one} value={one}>
              {sayType(one)}
            </option>
          ))}
        </optgroup>
      ))}
    </select>
  </div>
);
