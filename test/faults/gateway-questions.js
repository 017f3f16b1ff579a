// The switches of a practice site, with their possible answers. Runs draw them in this order: a seed plays what it played.

/**
 * How the gateway takes calls and payers.
 *
 * @type {Record<string, readonly unknown[]>}
 */
export const MANNERS = {
  algorithm: ['sha256', 'sha1'],
  attempts: [3, 10],
  networkDelaySeconds: [0, 30, 60],
};

/**
 * Every open question of the protocol.
 *
 * @type {Record<string, readonly unknown[]>}
 */
export const QUESTIONS = {
  duplicateCollect: ['earlier', 'earlier_208', 'refused_400', 'rejected', 'earlier_blocks_rejected'],
  secondCheckout: ['request_not_valid', 'br', 'rejected'],
  refundRefusal: ['specific', 'br'],
  internalReferences: ['new', 'same'],
  earlyPartialRefund: ['refused', 'voids_whole'],
  firstPaymentCounts: [false, true],
  monthEnd: ['anchor', 'drift'],
  cancelledConfirmation: ['REJECTED', 'CANCELED'],
  overCapture: [true, false],
  expiredReason: ['EX', 'XN'],
  validationStatus: [400, 200],
  expiryWhilePending: ['wait', 'reject'],
  recurringSignature: ['prefixed', 'bare'],
  recurringTries: ['made', 'left'],
};
