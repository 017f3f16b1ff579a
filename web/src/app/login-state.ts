import type { LoginView, Permission } from '@recaudo/shared';
import { useSyncExternalStore } from 'react';

/** Who is signed in: one value for the whole page, outside React because the auth provider writes it too. */
let current: LoginView | null = null;
const listeners = new Set<() => void>();

export function currentLogin(): LoginView | null {
  return current;
}

export function setCurrentLogin(login: LoginView | null): void {
  current = login;
  for (const listener of listeners) listener();
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
