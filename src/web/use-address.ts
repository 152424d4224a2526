import { createContext, useCallback, useContext, useEffect, useRef, useState } from 'react';
import { type Address, readAddress, writeAddress } from './address.ts';

/** `push` makes a step one can go back from; `settle` follows a movement and writes the address when it rests. */
export type How = 'push' | 'replace' | 'settle';
export type Navigate = (patch: Partial<Address>, how?: How) => void;

const RESTS_AFTER_MS = 300;

/** The address bar as state; `moving` while one moves through time and has not come to rest. Back and forward work; a drag through time leaves one step behind, not a hundred. */
export function useAddressBar(): {
  readonly address: Address;
  readonly navigate: Navigate;
  readonly moving: boolean;
  readonly now: () => Address;
} {
  const [address, setAddress] = useState(() => readAddress(location.search));
  const current = useRef(address);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const settling = useRef(false);
  const [moving, setMoving] = useState(false);

  const navigate = useCallback<Navigate>((patch, how = 'push') => {
    const before = writeAddress(current.current);
    const next = { ...current.current, ...patch };
    const written = writeAddress(next);
    if (written === before) return;
    current.current = next;
    setAddress(next);
    clearTimeout(timer.current);
    if (how === 'settle') {
      if (!settling.current) history.pushState(null, '', written);
      settling.current = true;
      setMoving(true);
      timer.current = setTimeout(() => {
        settling.current = false;
        setMoving(false);
        history.replaceState(null, '', writeAddress(current.current));
      }, RESTS_AFTER_MS);
      return;
    }
    if (settling.current) history.replaceState(null, '', before);
    settling.current = false;
    setMoving(false);
    if (how === 'push') history.pushState(null, '', written);
    else history.replaceState(null, '', written);
  }, []);

  useEffect(() => {
    const follow = () => {
      clearTimeout(timer.current);
      settling.current = false;
      setMoving(false);
      current.current = readAddress(location.search);
      setAddress(current.current);
    };
    addEventListener('popstate', follow);
    return () => removeEventListener('popstate', follow);
  }, []);

  const now = useCallback(() => current.current, []);
  return { address, navigate, moving, now };
}

/** Where the view stands, for those who ask only when something happens: no change of it draws anything again. */
export const CurrentAddressContext = createContext<() => Address>(() => readAddress(''));
export const NavigateContext = createContext<Navigate>(() => undefined);
export const AddressContext = createContext<Address>(readAddress(''));

export const useNavigate = (): Navigate => useContext(NavigateContext);
export const useAddress = (): Address => useContext(AddressContext);
