import { QueryClient } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { Admin, CustomRoutes, HttpError, Resource, type I18nProvider, type LayoutProps } from 'react-admin';
import { Navigate, Route } from 'react-router-dom';
import { authProvider } from './auth-provider.js';
import { dataProvider } from './data-provider.js';
import { NotFound, StartingUp, UnexpectedError } from './edge-pages.js';
import { preferencesStore } from './preferences.js';
import { darkTheme, lightTheme } from './theme.js';

const Frame = lazy(() => import('./Frame.js'));
const SignIn = lazy(() => import('../login/SignIn.js'));
const SetPassword = lazy(() => import('../login/SetPassword.js'));
const Home = lazy(() => import('../home/Home.js'));
const SessionList = lazy(() => import('../sessions/SessionList.js'));
const SessionPage = lazy(() => import('../sessions/SessionPage.js'));
const NewSession = lazy(() => import('../sessions/NewSession.js'));
const TransactionList = lazy(() => import('../transactions/TransactionList.js'));
const TransactionPage = lazy(() => import('../transactions/TransactionPage.js'));
const Receipt = lazy(() => import('../transactions/Receipt.js'));
const HoldList = lazy(() => import('../holds/HoldList.js'));
const HoldPage = lazy(() => import('../holds/HoldPage.js'));
const ScheduleList = lazy(() => import('../schedules/ScheduleList.js'));
const SchedulePage = lazy(() => import('../schedules/SchedulePage.js'));
const NewSchedule = lazy(() => import('../schedules/NewSchedule.js'));
const PeriodList = lazy(() => import('../schedules/PeriodList.js'));
const ImportSchedules = lazy(() => import('../schedules/ImportSchedules.js'));
const PolicyList = lazy(() => import('../policies/PolicyList.js'));
const PolicyEditor = lazy(() => import('../policies/PolicyEditor.js'));
const InstrumentList = lazy(() => import('../instruments/InstrumentList.js'));
const InstrumentPage = lazy(() => import('../instruments/InstrumentPage.js'));
const ApprovalList = lazy(() => import('../approvals/ApprovalList.js'));
const BatchList = lazy(() => import('../batches/BatchList.js'));
const BatchPage = lazy(() => import('../batches/BatchPage.js'));
const MailList = lazy(() => import('../mails/MailList.js'));
const MailPage = lazy(() => import('../mails/MailPage.js'));
const Adoptions = lazy(() => import('../adoption/Adoptions.js'));
const ReviewList = lazy(() => import('../reviews/ReviewList.js'));
const Revenue = lazy(() => import('../revenue/Revenue.js'));
const AuditList = lazy(() => import('../audit/AuditList.js'));
const SiteList = lazy(() => import('../sites/SiteList.js'));
const NewSite = lazy(() => import('../sites/NewSite.js'));
const SitePage = lazy(() => import('../sites/SitePage.js'));
const PersonList = lazy(() => import('../people/PersonList.js'));
const KeyList = lazy(() => import('../keys/KeyList.js'));
const JobList = lazy(() => import('../jobs/JobList.js'));

const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // What is being read must not move because the window got the focus; the pages that follow news poll.
      refetchOnWindowFocus: false,
      retry: (failures, error) => failures < 1 && error instanceof HttpError && error.status === 0,
    },
  },
});

export function App({ i18n }: { i18n: I18nProvider }) {
  return (
    <Admin
      authProvider={authProvider}
      dataProvider={dataProvider}
      i18nProvider={i18n}
      queryClient={queryClient}
      store={preferencesStore}
      lightTheme={lightTheme}
      darkTheme={darkTheme}
      layout={Inside}
      loginPage={<Outside page={SignIn} />}
      dashboard={Home}
      loading={StartingUp}
      catchAll={NotFound}
      error={UnexpectedError}
      title="Recaudo"
      requireAuth
      disableTelemetry
    >
      <Resource name="sessions" list={SessionList} show={SessionPage} create={NewSession}>
        <Route path="adopt" element={<Adoptions />} />
        <Route path=":id" element={<Navigate to="show" replace />} />
      </Resource>
      <Resource name="transactions" list={TransactionList} show={TransactionPage}>
        <Route path=":id/receipt" element={<Receipt />} />
        <Route path=":id" element={<Navigate to="show" replace />} />
      </Resource>
      <Resource name="preauthorizations" list={HoldList} show={HoldPage}>
        <Route path=":id" element={<Navigate to="show" replace />} />
      </Resource>
      <Resource name="schedules" list={ScheduleList} show={SchedulePage} create={NewSchedule}>
        <Route path="import" element={<ImportSchedules />} />
        <Route path=":id" element={<Navigate to="show" replace />} />
      </Resource>
      <Resource name="periods" list={PeriodList} />
      <Resource name="instruments" list={InstrumentList} show={InstrumentPage}>
        <Route path=":id" element={<Navigate to="show" replace />} />
      </Resource>
      <Resource name="policies" list={PolicyList} create={PolicyEditor} edit={PolicyEditor} />
      <Resource name="approvals" list={ApprovalList} />
      <Resource name="batches" list={BatchList} show={BatchPage}>
        <Route path=":id" element={<Navigate to="show" replace />} />
      </Resource>
      <Resource name="mails" list={MailList} show={MailPage}>
        <Route path=":id" element={<Navigate to="show" replace />} />
      </Resource>
      <Resource name="reviews" list={ReviewList} />
      <Resource name="audit" list={AuditList} />
      <Resource name="sites" list={SiteList} create={NewSite} edit={SitePage} />
      <Resource name="people" list={PersonList} />
      <Resource name="keys" list={KeyList} />
      <Resource name="jobs" list={JobList} />
      <CustomRoutes>
        <Route path="/revenue" element={<Revenue />} />
      </CustomRoutes>
      <CustomRoutes noLayout>
        <Route path="/set-password" element={<Outside page={SetPassword} />} />
      </CustomRoutes>
    </Admin>
  );
}

/** The frame is for people who are signed in: the first page does not wait for it. */
function Inside(props: LayoutProps) {
  return (
    <Suspense fallback={<StartingUp />}>
      <Frame {...props} />
    </Suspense>
  );
}

/** Pages outside the frame, for people who are not signed in. */
function Outside({ page: Page }: { page: typeof SignIn }) {
  return (
    <Suspense fallback={<StartingUp />}>
      <Page />
    </Suspense>
  );
}
