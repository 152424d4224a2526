import { useSyncExternalStore } from 'react';
import { type Access, currentAccess, onAccess } from './token.ts';

/** Whether a token is wanted, and how many were given. */
export const useAccess = (): Access => useSyncExternalStore(onAccess, currentAccess);
