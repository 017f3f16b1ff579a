import type { LoginView } from '@recaudo/shared';
import { useEffect } from 'react';
import { request } from './api.js';
import { currentLogin } from './login-state.js';
import { preferencesStore } from './preferences.js';

/**
 * Another tab may have signed in somebody else: coming back to this one then loads it afresh, so that nobody
 * acts under a name and a menu that are not theirs. An ended login shows itself with the next request.
 */
export function useSamePerson(): void {
  useEffect(() => {
    const look = async () => {
      const { person } = await request<LoginView>('GET', '/api/login');
      const shown = currentLogin()?.person.id;
      if (shown === undefined || shown === person.id) return;
      // What this tab still wanted to keep belongs to the other person, and must not be written for this one.
      preferencesStore.reset();
      window.location.reload();
    };
    const onFocus = () => void look().catch(() => undefined);
    window.addEventListener('focus', onFocus);
    return () => window.removeEventListener('focus', onFocus);
  }, []);
}
