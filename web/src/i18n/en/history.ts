/** What happened to a payment, and what waits for a person. */
export const history = {
  timeline: {
    kinds: {
      session: {
        opening: 'The payment was asked for',
        opened: 'The gateway opened the payment',
        failed: 'The payment could not be opened',
        approved: 'Payment approved',
        rejected: 'Payment rejected',
        cancelled: 'Payment cancelled',
        expired: 'Payment expired',
        pending: 'Payment waiting',
      },
      transaction: {
        approved: 'Attempt approved',
        rejected: 'Attempt rejected',
        pending: 'Attempt waiting for the bank',
        unknown: 'Attempt without an answer of the bank',
      },
      notification: { received: 'The gateway told of a change' },
      link: { visited: 'The payer opened the link' },
      order: { overpaid: 'The order was overpaid', reopened: 'The order was opened once more' },
      review: { opened: 'To be reviewed', resolved: 'Reviewed' },
      person: {
        created: 'Person created',
        updated: 'Person changed',
        invited: 'New password link',
        deactivated: 'Person deactivated',
        activated: 'Person activated',
        password_set: 'Password chosen',
      },
      login: { opened: 'Sign-in', closed: 'Sign-out', locked: 'Account paused after failed attempts' },
      site: { created: 'Site created', updated: 'Site changed' },
      account: {
        saved: 'Gateway account saved',
        tested: 'Connection tested',
        flagged: 'The gateway refused the credentials',
      },
      key: { created: 'Key created', revoked: 'Key revoked' },
      job: { run: 'Job run by hand' },
      sessions: { exported: 'List of payments downloaded' },
    },
    asked_by: {
      probe: 'The gateway was asked',
      check: 'Somebody asked the gateway',
      return: 'The payer came back and the gateway was asked',
      notification: 'After the notice the gateway was asked',
      other: 'The gateway was asked',
    },
    answers: {
      pending: 'waiting',
      approved: 'approved',
      approved_partial: 'partly approved',
      rejected: 'rejected',
      cancelled: 'cancelled',
      expired: 'expired',
      failed: 'failed',
      no_answer: 'it did not answer',
      notfound: 'does not know it',
    },
  },
  reviews: {
    open: 'Open',
    resolved: 'Resolved',
    none_open: 'Nothing to review. What needs a person will appear here.',
    none_resolved: 'Nothing has been resolved yet.',
    see_payment: 'See the payment',
    resolve: 'Resolve',
    resolve_title: 'Mark as reviewed',
    resolve_explained: 'This moves no money. The note stays for ever, with your name and the time.',
    note: 'What was found and what was done',
    was_resolved: 'It is resolved',
    resolved_by: 'Resolved by %{name}',
    an_amount: 'an unknown amount',
    another_amount: 'another amount',
    kinds: {
      overpaid: 'Overpaid',
      contradiction: 'Answers that contradict each other',
      amount_differs: 'The amount differs',
      opened_elsewhere: 'Opened elsewhere',
      unresolved: 'No result',
    },
    explained: {
      overpaid:
        'The order of %{amount} received more money than it was due. Decide with the payer what is given back.',
      contradiction:
        'The gateway gave one result and later another for the payment of %{amount}. Compare with the gateway’s console.',
      contradiction_states:
        'The payment of %{amount} was “%{held}” and later the gateway said “%{said}”. Compare with the gateway’s console.',
      amount_differs:
        'The gateway reported %{seen} where %{amount} was asked for. Compare with the gateway’s console.',
      opened_elsewhere:
        'A notice with a valid signature came for a payment that was not opened here. Find out who opened it with the same credentials.',
      unresolved:
        'The payment of %{amount} has had no final result for days. We go on asking; call the gateway with its number.',
    },
  },
};
