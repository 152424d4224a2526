import type { AnchorHTMLAttributes, MouseEvent } from 'react';
import { type Address, writeAddress } from '../address.ts';
import { useAddress, useNavigate } from '../use-address.ts';

type Props = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'> & { readonly to: Partial<Address> };

/** A link to another view of the page: a true link, for a new tab or to copy; a plain click stays on the page. */
export function ViewLink({ to, onClick, ...rest }: Props) {
  const address = useAddress();
  const navigate = useNavigate();
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    if (!isPlainClick(event)) return;
    event.preventDefault();
    navigate(to);
  };
  return <a {...rest} href={writeAddress({ ...address, ...to })} onClick={follow} />;
}

/** Not one that asks for a new tab, a new window or a menu. */
export const isPlainClick = (event: MouseEvent): boolean =>
  !event.defaultPrevented && event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
