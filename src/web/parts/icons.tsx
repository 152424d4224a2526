/** Line icons of 16 by 16; each stands beside or inside a named control. */
const ICONS = {
  'round-back': 'M4 3v10M13 3 7 8l6 5Z',
  back: 'M10.5 3 5 8l5.5 5',
  on: 'M5.5 3 11 8l-5.5 5',
  'round-on': 'M12 3v10M3 3l6 5-6 5Z',
  play: 'M4.5 3 12.5 8l-8 5Z',
  pause: 'M5 3v10M11 3v10',
  close: 'M4 4l8 8M12 4l-8 8',
} as const;

export const Icon = ({ name }: { readonly name: keyof typeof ICONS }) => (
  <svg className="icon" width="16" height="16" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
    <path d={ICONS[name]} />
  </svg>
);
