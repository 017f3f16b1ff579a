import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import { createRoot } from 'react-dom/client';
import { createBrowserRouter, RouterProvider } from 'react-router-dom';
import { App } from './app/App.js';
import { deviceLanguage } from './app/preferences.js';
import { createI18n } from './i18n/index.js';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

// The first language must be there before the first paint: react-admin reads its messages synchronously.
const i18n = await createI18n(deviceLanguage());
const router = createBrowserRouter([{ path: '*', element: <App i18n={i18n} /> }]);
createRoot(root).render(<RouterProvider router={router} />);
