import type { LoginView, Preferences } from '@recaudo/shared';
import { HttpError, type AuthProvider } from 'react-admin';
import { permissionFor } from './access.js';
import { problemOf, request } from './api.js';
import { currentLogin, loseLogin, setCurrentLogin } from './login-state.js';
import { enterRooms } from '../i18n/index.js';
import { dropDraft } from '../sessions/draft.js';
import { adoptPreferences, flushPreferences } from './preferences.js';

let asking: Promise<LoginView> | undefined;

export const authProvider: AuthProvider = {
  login: async ({ email, password }: { email: string; password: string }) => {
    await adopt(await request<LoginView>('POST', '/api/login', { body: { email, password } }));
  },
  logout: async () => {
    if (currentLogin()) {
      flushPreferences();
      dropDraft();
      await request('DELETE', '/api/login').catch(() => undefined);
      setCurrentLogin(null);
    }
  },
  checkAuth: async () => {
    if (currentLogin()) return;
    // Several guards ask at once on the first page; one question is enough.
    asking ??= request<LoginView>('GET', '/api/login').finally(() => (asking = undefined));
    const login = await asking;
    if (!currentLogin()) await adopt(login);
  },
  checkError: async (error: unknown) => {
    if (!(error instanceof HttpError) || error.status !== 401) return;
    // A mistyped password, asked for once more before money moves, ends nothing.
    if (problemOf(error).code === 'wrong_credentials') return;
    loseLogin();
    throw new Error('ra.notification.logged_out');
  },
  getIdentity: async () => {
    const person = currentLogin()?.person;
    return { id: person?.id ?? '', fullName: person?.name ?? '' };
  },
  getPermissions: async () => currentLogin()?.permissions ?? [],
  canAccess: async ({ resource, action }) => {
    // Home is everybody's own.
    if (resource === 'dashboard') return true;
    const needed = permissionFor(resource, action);
    return needed !== 'never' && (currentLogin()?.permissions.includes(needed) ?? false);
  },
};

async function adopt(login: LoginView): Promise<void> {
  const [kept] = await Promise.all([
    request<Preferences>('GET', '/api/preferences').catch(() => ({})),
    enterRooms(),
  ]);
  setCurrentLogin(login);
  adoptPreferences(kept, login.person.language);
}
