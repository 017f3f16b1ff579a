import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import { createRoot } from 'react-dom/client';
import { createBrowserRouter, RouterProvider } from 'react-router-dom';
import { App } from './app/App.js';
import { deviceLanguage } from './app/preferences.js';
import { watchTouches } from './app/touch.js';
import { createI18n } from './i18n/index.js';

/**
 * A page opened before an update asks for parts that are no longer there: loading it afresh brings the new ones.
 * Once a minute at most, so that a server without its files gives an error page and not an endless round.
 */
const RELOADED_AT = 'recaudo.reloadedAt';
window.addEventListener('vite:preloadError', (event) => {
  if (Date.now() - Number(sessionStorage.getItem(RELOADED_AT)) < 60_000) return;
  event.preventDefault();
  sessionStorage.setItem(RELOADED_AT, String(Date.now()));
  window.location.reload();
});

watchTouches();
const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

// The first language must be there before the first paint: react-admin reads its messages synchronously.
const i18n = await createI18n(deviceLanguage());
const router = createBrowserRouter([{ path: '*', element: <App i18n={i18n} /> }]);
createRoot(root).render(<RouterProvider router={router} />);
