import type { LoginView, Permission } from '@recaudo/shared';
import { useSyncExternalStore } from 'react';

/** Who is signed in: one value for the whole page, outside React because the auth provider writes it too. */
let current: LoginView | null = null;
let ended = false;
const listeners = new Set<() => void>();

export function currentLogin(): LoginView | null {
  return current;
}

export function setCurrentLogin(login: LoginView | null): void {
  current = login;
  ended = false;
  for (const listener of listeners) listener();
}

/** The server no longer knows the login that the page believed in. */
export function loseLogin(): void {
  setCurrentLogin(null);
  ended = true;
}

/** Whether somebody was thrown out in the middle of their work, so that the sign-in page can say so. */
export function loginWasLost(): boolean {
  return ended;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Null for the moment between the end of a login and the sign-in page. */
export function useSignedInOrNull(): LoginView | null {
  return useSyncExternalStore(subscribe, currentLogin);
}

/** For everything inside the frame, which is drawn only for a signed-in person. */
export function useSignedIn(): LoginView {
  const login = useSignedInOrNull();
  if (!login) throw new Error('nobody is signed in');
  return login;
}

export function useCan(permission: Permission): boolean {
  return useSignedInOrNull()?.permissions.includes(permission) ?? false;
}

export type SignedInSite = LoginView['sites'][number];
