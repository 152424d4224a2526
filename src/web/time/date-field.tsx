import { useEffect, useState } from 'react';
import { isDay } from '../moments.ts';

interface DateFieldProps {
  readonly label: string;
  /** a day, a moment, or empty */
  readonly value: string;
  readonly change: (day: string | null) => void;
}

/** A day to type or pick. It is taken when it is whole: half a date never moves the view. */
export function DateField({ label, value, change }: DateFieldProps) {
  const day = value.slice(0, 10);
  const [typed, setTyped] = useState(day);
  useEffect(() => setTyped(day), [day]);
  return (
    <label className="field">
      <span>{label}</span>
      <input
        type="date"
        value={typed}
        min="1000-01-01"
        max="9999-12-31"
        onChange={(event) => {
          const next = event.target.value;
          setTyped(next);
          if (next === '') change(null);
          else if (isDay(next) && next >= '1000') change(next);
        }}
      />
    </label>
  );
}
